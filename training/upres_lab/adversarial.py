"""The second stage: a discriminator and the features of VGG make the picture look real."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor

from upres_lab.architectures import build
from upres_lab.batches import Batch
from upres_lab.config import Config
from upres_lab.discriminators import is_real, open_discriminator
from upres_lab.fidelity import without_rim
from upres_lab.losses import artefact_error, colour_error, pixel_error, spectrum_error
from upres_lab.optimiser import optimiser_arrays, restore_optimiser
from upres_lab.state import start_from
from upres_lab.vgg import feature_distance, load_vgg

FLAT = 0.03  # standard deviation of a crop below which there is nothing to make look real


class Adversarial:
    """Weighted sum of the terms in `losses`, VGG's feature distance, the discriminator's opinion.

    Starts from a fidelity parent (`init`); weights between the two are valid networks, which is the
    strength setting. The discriminator neither sees nor judges text, interfaces and flat crops.
    """

    def __init__(self, config: Config, teachers: Path) -> None:
        self.config = config
        self.vgg = load_vgg(teachers) if config.perceptual else None
        self.parent = load_parent(config) if config.artefact or config.rho else None
        torch.manual_seed(config.seed + 1)
        self.discriminator = open_discriminator(config.discriminator)
        self.adam = torch.optim.Adam(
            self.discriminator.parameters(), lr=config.gan_lr, betas=(0.9, 0.99)
        )

    def loss(self, output: Tensor, batch: Batch, progress: float) -> Tensor:
        """The generator's loss; terms of weight 0 are not computed."""
        config = self.config
        inner, truth = (without_rim(x, config) for x in (output, batch.hr))
        loss = config.pixel * pixel_error(inner, truth, luma=config.luma)
        if config.spectrum:
            loss = loss + config.spectrum * spectrum_error(inner, truth)
        if config.colour:
            loss = loss + config.colour * colour_error(inner, truth)
        if self.parent is not None and config.artefact:
            with torch.no_grad():
                reference = without_rim(self.parent(batch.lr), config)
            loss = loss + config.artefact * artefact_error(inner, truth, reference)
        if self.vgg is not None:
            loss = loss + config.perceptual * feature_distance(self.vgg, inner, truth)
        judged = is_judged(truth, batch)
        if config.gan and judged.any():
            logits = self.discriminator(inner[judged])
            loss = loss + config.gan * is_real(logits, True).mean()
        return loss

    def after_step(self, output: Tensor, batch: Batch, progress: float) -> None:
        """The discriminator learns to tell the output from the truth."""
        fake, real = (without_rim(x, self.config) for x in (output, batch.hr))
        judged = is_judged(real, batch)
        if not self.config.gan or not judged.any():
            return
        # What the generator's backward pass left there is not the discriminator's to follow.
        self.adam.zero_grad(set_to_none=True)
        loss = is_real(self.discriminator(real[judged]), True).mean()
        loss = loss + is_real(self.discriminator(fake[judged]), False).mean()
        loss.backward()
        self.adam.step()

    def arrays(self) -> dict[str, Tensor]:
        """The discriminator and its moments."""
        return optimiser_arrays("discriminator", self.discriminator, self.adam)

    def restore(self, arrays: dict[str, Tensor]) -> None:
        """See `arrays`."""
        restore_optimiser("discriminator", self.discriminator, self.adam, arrays)


def is_judged(truth: Tensor, batch: Batch) -> Tensor:
    """Which crops (n,) are natural and not flat."""
    return batch.natural & (truth.std((1, 2, 3)) > FLAT)


def load_parent(config: Config) -> torch.nn.Module:
    """The network the run starts from, frozen."""
    parent = build(vars(config) | {"rho": 0.0})
    start_from(parent, Path(config.init))
    return parent.eval().requires_grad_(False)
