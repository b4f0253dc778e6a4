"""A 3x3 convolution that trains as four parallel branches and runs as one."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from upres_lab.quantise import fake_quantise


class RepConv3x3(nn.Module):
    """Convolution 3x3 whose kernel is the sum of four branches, collapsed at every step.

    Branches: 3x3; 3x3 to `expand * c_out` followed by 1x1; 1x1; identity (when c_in = c_out).
    Collapsing before convolving (rather than convolving four times) costs almost nothing and makes
    the borders of the trained and of the merged network identical. The idea is that of ECBSR
    (Zhang, Zeng, Zhang, ACM MM 2021) and SESR (Bhardwaj et al., MLSys 2022).

    Input (n, c_in, h, w), output (n, c_out, h, w), zero padding 1.
    """

    def __init__(self, c_in: int, c_out: int, expand: int = 4) -> None:
        super().__init__()
        self.c_in, self.c_out = c_in, c_out
        self.bits = 0  # > 0: convolve as if the kernel were stored in so many
        plain = nn.Conv2d(c_in, c_out, 3)  # borrowed for PyTorch's default initialisation
        wide = nn.Conv2d(c_in, expand * c_out, 3)
        squeeze = nn.Conv2d(expand * c_out, c_out, 1)
        point = nn.Conv2d(c_in, c_out, 1)
        self.plain = nn.Parameter(plain.weight.detach().clone())
        self.wide = nn.Parameter(wide.weight.detach().clone())
        self.wide_bias = nn.Parameter(torch.zeros(expand * c_out))
        self.squeeze = nn.Parameter(squeeze.weight.detach()[:, :, 0, 0].clone())
        self.point = nn.Parameter(point.weight.detach()[:, :, 0, 0].clone() * 0.5)
        self.bias = nn.Parameter(torch.zeros(c_out))

    def collapse(self) -> tuple[Tensor, Tensor]:
        """The equivalent single kernel (c_out, c_in, 3, 3) and bias (c_out,)."""
        kernel = self.plain + (self.squeeze @ self.wide.flatten(1)).view(self.plain.shape)
        centre = self.point
        if self.c_in == self.c_out:
            centre = centre + torch.eye(self.c_out, dtype=centre.dtype, device=centre.device)
        kernel = kernel + F.pad(centre[:, :, None, None], (1, 1, 1, 1))
        return kernel, self.bias + self.squeeze @ self.wide_bias

    @torch.no_grad()
    def adopt(self, kernel: Tensor, bias: Tensor) -> None:
        """Become equal to a plain convolution: the 3x3 branch takes what the others lack of it."""
        own, own_bias = self.collapse()
        self.plain += kernel - own
        self.bias += bias - own_bias

    def forward(self, x: Tensor) -> Tensor:
        """Convolve (n, c_in, h, w) to (n, c_out, h, w) with the collapsed kernel, in x's type."""
        kernel, bias = self.collapse()
        if self.bits:
            kernel = fake_quantise(kernel, self.bits)
        kernel = kernel.to(x.dtype).contiguous(memory_format=torch.channels_last)
        return F.conv2d(x, kernel, bias.to(x.dtype), padding=1)


class PlainConv3x3(nn.Module):
    """The merged form of `RepConv3x3`: one kernel and one bias."""

    def __init__(self, kernel: Tensor, bias: Tensor) -> None:
        super().__init__()
        self.kernel = nn.Parameter(kernel)
        self.bias = nn.Parameter(bias)

    def collapse(self) -> tuple[Tensor, Tensor]:
        """The kernel (c_out, c_in, 3, 3) and bias (c_out,), as they are."""
        return self.kernel, self.bias

    def forward(self, x: Tensor) -> Tensor:
        """Convolve (n, c_in, h, w) to (n, c_out, h, w), zero padding 1."""
        return F.conv2d(x, self.kernel.to(x.dtype), self.bias.to(x.dtype), padding=1)


def merge(conv: RepConv3x3) -> PlainConv3x3:
    """Merge the branches in float64 and return a plain float32 convolution."""
    with torch.no_grad():
        wide = RepConv3x3(conv.c_in, conv.c_out, conv.squeeze.shape[1] // conv.c_out).double()
        wide.load_state_dict({k: v.double() for k, v in conv.state_dict().items()})
        kernel, bias = wide.collapse()
    return PlainConv3x3(kernel.float(), bias.float())
