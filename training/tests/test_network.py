import pytest
import torch
import torch.nn.functional as F

from upres_lab.network import Generator, bilinear_kernel, upscale
from upres_lab.reparam import RepConv3x3, merge


def randomised(net):
    """Weights far from their first values, so that no branch is trivial."""
    torch.manual_seed(4)
    with torch.no_grad():
        for weight in net.parameters():
            weight.add_(torch.randn_like(weight) * 0.05)
    return net


@pytest.mark.parametrize("scale", [2, 4])
def test_base_is_bilinear_interpolation(scale):
    x = torch.rand(1, 3, 9, 11)
    out = F.conv2d(F.pad(x, (1, 1, 1, 1), mode="replicate"), bilinear_kernel(scale))
    expected = F.interpolate(x, scale_factor=scale, mode="bilinear", align_corners=False)
    assert torch.allclose(F.pixel_shuffle(out, scale), expected, atol=1e-6)


@pytest.mark.parametrize("scale", [2, 4])
def test_base_is_exact_in_float16(scale):
    kernel = bilinear_kernel(scale)
    assert torch.equal(kernel.half().float(), kernel)


@pytest.mark.parametrize(("c_in", "c_out"), [(3, 16), (16, 16), (16, 48)])
def test_merged_convolution_equals_its_branches(c_in, c_out):
    conv = randomised(RepConv3x3(c_in, c_out))
    x = torch.randn(1, c_in, 12, 10)
    inner = F.conv2d(F.conv2d(x, conv.wide, conv.wide_bias), conv.squeeze[:, :, None, None])
    branches = F.conv2d(x, conv.plain) + inner
    centre = x[:, :, 1:-1, 1:-1]
    branches = branches + F.conv2d(centre, conv.point[:, :, None, None])
    branches = branches + conv.bias[:, None, None]
    if c_in == c_out:
        branches = branches + centre
    merged = merge(conv)(x)[:, :, 1:-1, 1:-1]
    assert (merged - branches).abs().max() < 1e-4
    assert (merge(conv)(x) - conv(x)).abs().max() < 1e-4


@pytest.mark.parametrize(("scale", "block"), [(2, 0), (4, 0), (2, 4)])
def test_merged_network_equals_the_trained_one(scale, block):
    net = randomised(Generator(scale, block=block))
    x = torch.rand(1, 3, 20, 24)
    with torch.no_grad():
        trained, merged = net(x), net.merged()(x)
    assert trained.shape == (1, 3, 20 * scale, 24 * scale)
    assert (trained - merged).abs().max() < 1e-4


def test_a_convolution_adopts_a_plain_one():
    conv, plain = randomised(RepConv3x3(16, 16)), merge(randomised(RepConv3x3(16, 16)))
    conv.adopt(plain.kernel, plain.bias)
    x = torch.randn(1, 16, 8, 8)
    assert torch.allclose(conv(x), plain(x), atol=1e-5)


def test_radius_is_exactly_how_far_the_network_reads():
    net = randomised(Generator(2, channels=8, depth=3))
    x = torch.rand(1, 3, 33, 33, requires_grad=True)
    net(x)[0, :, 32, 32].sum().backward()
    reached = x.grad.abs().sum((0, 1)).nonzero()
    assert (reached - 16).abs().max() == net.radius == 5


def test_tiles_with_a_halo_equal_the_whole_image():
    net = randomised(Generator(2, channels=8, depth=2))
    x = torch.rand(1, 3, 24, 30)
    whole, halo = upscale(net, x), net.radius
    padded = F.pad(x, (halo,) * 4, mode="replicate")
    left = net(padded[..., : 15 + 2 * halo])[..., halo * 2 : -halo * 2, halo * 2 : -halo * 2]
    assert torch.allclose(left, whole[..., :30], atol=1e-5)


def test_a_flat_image_stays_flat_up_to_its_rim():
    net = randomised(Generator(2, channels=8, depth=2))
    out = upscale(net, torch.full((1, 3, 8, 8), 0.5))
    phases = F.pixel_unshuffle(out, 2)
    assert (phases - phases[..., :1, :1]).abs().max() < 1e-5
