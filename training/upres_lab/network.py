"""The compact generator: plain 3x3 convolutions over a fixed bilinear base."""

from __future__ import annotations

import copy
from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from upres_lab.errors import LabError
from upres_lab.reparam import PlainConv3x3, RepConv3x3, merge


class Generator(nn.Module):
    """Head 3→C, `depth` x (C→C), skip from the head, tail C→3s², bilinear base, pixel shuffle.

    With `block` > 0 there is also a skip around every `block` layers of the body. Every convolution
    is 3x3 and every one but the tail is followed by a PReLU with one slope per channel. Input RGB
    (n, 3, h, w) in 0..1, output (n, 3, s·h, s·w), nominally 0..1, not clamped. Reads `depth + 2`
    input pixels to each side of a pixel (`radius`).

    `widths` are the channels behind each body layer where they are not all C, as slimming leaves
    them; what a skip adds to must have C. `gated` puts a factor on each channel that could go.
    """

    def __init__(
        self,
        scale: int,
        channels: int = 16,
        depth: int = 8,
        block: int = 0,
        widths: Sequence[int] = (),
        gated: bool = False,
    ) -> None:
        super().__init__()
        self.scale, self.channels, self.depth, self.block = scale, channels, depth, block
        self.widths = tuple(widths) or (channels,) * depth
        if len(self.widths) != depth or any(
            width != channels for i, width in enumerate(self.widths) if not self.is_inner(i)
        ):
            raise LabError(
                f"--widths {self.widths} do not fit: one for each of {depth} layers, and {channels}"
                " where a skip is added"
            )
        before = (channels, *self.widths[:-1])
        self.head: RepConv3x3 | PlainConv3x3 = RepConv3x3(3, channels)
        self.body = nn.ModuleList(map(RepConv3x3, before, self.widths))
        self.tail: RepConv3x3 | PlainConv3x3 = RepConv3x3(channels, 3 * scale * scale)
        self.slopes = nn.ParameterList(
            torch.full((width,), 0.1) for width in (channels, *self.widths)
        )
        inner = [i for i in range(depth) if gated and self.is_inner(i)]
        self.gates = nn.ParameterDict({str(i): torch.ones(self.widths[i]) for i in inner})
        self.tap = nn.Identity()  # its output is the last feature map
        self.register_buffer("base", bilinear_kernel(scale), persistent=False)
        with torch.no_grad():  # start as plain bilinear upscaling
            for weight in (self.tail.plain, self.tail.squeeze, self.tail.point):
                weight.mul_(0.1)

    def is_inner(self, layer: int) -> bool:
        """Whether the channels behind a body layer are its successor's alone: they may be fewer."""
        return (layer + 1) % (self.block or self.depth) != 0

    @property
    def radius(self) -> int:
        """How many input pixels to each side an output pixel depends on (the halo of a tile)."""
        return self.depth + 2

    def forward(self, x: Tensor, dtype: torch.dtype = torch.float32) -> Tensor:
        """Upscale; `dtype` is that of the convolutions, the base and the sum stay float32."""
        h = skip = F.prelu(self.head(x.to(dtype)), self.slopes[0].to(dtype))
        start = h
        for i, (conv, slope) in enumerate(zip(self.body, self.slopes[1:], strict=True)):
            h = conv(h)
            if str(i) in self.gates:
                h = h * self.gates[str(i)].to(dtype).view(-1, 1, 1)
            h = F.prelu(h, slope.to(dtype))
            if self.block and (i + 1) % self.block == 0:
                h = start = h + start
        residual = self.tail(self.tap(h + skip)).to(x.dtype)
        # The base repeats the edge where the convolutions see zeros: with zeros it would darken the
        # rim of every training patch. The border contract (`upscale`) crops this difference away.
        base = F.conv2d(F.pad(x, (1, 1, 1, 1), mode="replicate"), self.base)
        return F.pixel_shuffle(residual + base, self.scale)

    def merged(self) -> Generator:
        """A copy with every convolution merged (in float64) to a plain one, the gates folded in."""
        plain = copy.deepcopy(self)
        plain.head = merge(self.head)
        plain.body = nn.ModuleList(merge(conv) for conv in self.body)
        with torch.no_grad():
            for i, gate in self.gates.items():
                plain.body[int(i)].kernel.mul_(gate.view(-1, 1, 1, 1))
                plain.body[int(i)].bias.mul_(gate)
        plain.gates = nn.ParameterDict()
        plain.tail = merge(self.tail)
        return plain


def bilinear_kernel(scale: int) -> Tensor:
    """Half-pixel bilinear upscaling as a 3x3 convolution, (3s², 3, 3, 3) before pixel shuffle.

    Equal to `F.interpolate(mode="bilinear", align_corners=False)` away from the border. Its values
    are multiples of 1 / (4s²), exact in float16 for s = 2 and 4.
    """
    taps = torch.zeros(scale, 3)
    for phase in range(scale):
        offset = (phase + 0.5) / scale - 0.5
        side = 0 if offset < 0 else 2
        taps[phase, 1] = 1 - abs(offset)
        taps[phase, side] = abs(offset)
    plane = torch.einsum("yi,xj->yxij", taps, taps).reshape(scale * scale, 3, 3)
    kernel = torch.zeros(3, scale * scale, 3, 3, 3)
    for colour in range(3):
        kernel[colour, :, colour] = plane
    return kernel.reshape(3 * scale * scale, 3, 3, 3)


@torch.no_grad()
def upscale(net: Generator, lr: Tensor) -> Tensor:
    """Upscale whole images under the border contract of the shipped models.

    The input (n, 3, h, w) is padded by repeating its edge `radius` pixels out, run, and the padding
    is cropped off the output (n, 3, s·h, s·w).
    """
    pad = net.radius
    out = net(F.pad(lr, (pad, pad, pad, pad), mode="replicate"))
    cut = pad * net.scale
    return out[..., cut:-cut, cut:-cut]
