"""House style, charts, and the bytes of SVG and PNG."""
