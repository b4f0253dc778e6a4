"""The model lab of Upres: trains, measures and exports its networks."""

__version__ = "0.1.0"
