"""The segmenter: a compact 2-D U-Net for sagittal slices at 0.75 mm.

Input (N, 1, H, W), H and W multiples of 32, values 0 to 1. Output logits (N, 7, H, W) in the order of CLASSES.
"""
import torch
from torch import nn
import torch.nn.functional as F

PIXEL_MM = 0.75
# A Dice loss draws outlines too large: this much on the background's logit makes disc, sac and bone as large as the readers drew them, on the
# left-out patients of all five folds.
BACKGROUND_BIAS = 0.25
CLASSES = ["background", "vertebral-body", "posterior-elements", "disc", "dural-sac", "sacrum", "cord"]
CHANNELS = (16, 32, 64, 96, 128, 160)


class Block(nn.Module):
    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.a = nn.Conv2d(inputs, outputs, 3, padding=1, bias=False)
        self.an = nn.BatchNorm2d(outputs)
        self.b = nn.Conv2d(outputs, outputs, 3, padding=1, bias=False)
        self.bn = nn.BatchNorm2d(outputs)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = F.relu(self.an(self.a(x)))
        y = self.bn(self.b(x))
        return F.relu(x + y)


class Segmenter(nn.Module):
    def __init__(self, inputs: int = 1, classes: int = len(CLASSES), channels=CHANNELS) -> None:
        super().__init__()
        self.down = nn.ModuleList(Block(inputs if i == 0 else channels[i - 1], c) for i, c in enumerate(channels))
        self.up = nn.ModuleList(Block(channels[i] + channels[i + 1], channels[i]) for i in range(len(channels) - 1))
        self.head = nn.Conv2d(channels[0], classes, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        skips = []
        for i, block in enumerate(self.down):
            if i:
                x = F.max_pool2d(x, 2)
            x = block(x)
            skips.append(x)
        for i in reversed(range(len(self.up))):
            x = F.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False)
            x = self.up[i](torch.cat([skips[i], x], 1))
        return self.head(x)
