"""Statistics as pure functions: frames or plain values in, frames or plain values out."""
