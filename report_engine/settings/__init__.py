"""What a researcher chooses in config.yaml."""
