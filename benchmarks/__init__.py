"""Measurements as ratios: ours against a peer, in turn, in one process tree."""
