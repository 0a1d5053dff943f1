"""What PyTorch itself computes for the cases of PythonTests.cs, as JSON on standard output.

Every case begins from seed 0, so that the draws of inputs and initial parameters are compared as well.
"""
import json
import math
import sys

import torch
import torch.nn as nn
import torch.nn.functional as F

CASES = {}


def case(name):
    def add(function):
        CASES[name] = function
    return add


def every(**functions):
    CASES.update(functions)


def parameters(module):
    return [p.detach() for p in module.parameters()]


def outcome(module, *inputs):
    """Initial parameters, output, and the gradients of its weighted sum."""
    initial = [p.detach().clone() for p in module.parameters()]
    output = module(*inputs)
    outputs = []

    def flatten(value):
        for v in value if isinstance(value, tuple) else (value,):
            flatten(v) if isinstance(v, tuple) else outputs.append(v)

    flatten(output)
    loss = sum((o * torch.linspace(-1, 2, o.numel()).view_as(o)).sum() for o in outputs)
    if loss.requires_grad:
        loss.backward()
    return initial + [o.detach() for o in outputs] + [p.grad for p in module.parameters()]


def x(*size):
    return torch.randn(size)


# ---- draws
every(
    randn=lambda: x(3, 5), randn_many=lambda: x(1000), rand=lambda: torch.rand(20), randint=lambda: torch.randint(0, 10, (20,)),
    randperm=lambda: torch.randperm(20), normal=lambda: torch.empty(20).normal_(1, 2), bernoulli=lambda: torch.empty(20).bernoulli_(0.3),
    uniform=lambda: torch.empty(20).uniform_(-2, 3), dropout=lambda: F.dropout(x(50), 0.3),
    xavier_uniform=lambda: nn.init.xavier_uniform_(torch.empty(3, 4)), xavier_normal=lambda: nn.init.xavier_normal_(torch.empty(3, 4)),
    kaiming_uniform=lambda: nn.init.kaiming_uniform_(torch.empty(3, 4, 2)), kaiming_normal=lambda: nn.init.kaiming_normal_(torch.empty(3, 4, 2)),
    dirac=lambda: [nn.init.dirac_(torch.rand(3, 4, 3)), nn.init.dirac_(torch.rand(4, 3, 4, 3))],
    sparse=lambda: nn.init.sparse_(torch.empty(7, 4), 0.3, 0.1),
    orthogonal=lambda: nn.init.orthogonal_(torch.empty(3, 5)), trunc_normal=lambda: trunc_normal(),
)



def trunc_normal():
    """By the inverse of the distribution function; PyTorch draws otherwise since 2.14."""
    low, high = (1 + math.erf(-2 / 2 ** 0.5)) / 2, (1 + math.erf(2 / 2 ** 0.5)) / 2
    return torch.empty(20).uniform_(2 * low - 1, 2 * high - 1).erfinv_().mul_(2 ** 0.5).clamp_(-2, 2)


# ---- functions
every(
    softmax=lambda: x(3, 4).softmax(1), log_softmax=lambda: x(3, 4).log_softmax(-1), gelu=lambda: F.gelu(x(20)),
    gelu_tanh=lambda: F.gelu(x(20), approximate="tanh"), silu=lambda: F.silu(x(20)), mish=lambda: F.mish(x(20)), elu=lambda: F.elu(x(20), 0.5),
    leaky_relu=lambda: F.leaky_relu(x(20), 0.2), hardswish=lambda: F.hardswish(x(20) * 3), softplus=lambda: F.softplus(x(20), 2),
    softsign=lambda: F.softsign(x(20)), tanhshrink=lambda: F.tanhshrink(x(20)), softmin=lambda: F.softmin(x(20), 0), glu=lambda: F.glu(x(4, 6)),
    max_pool=lambda: F.max_pool2d(x(2, 3, 7, 7), 3, 2, 1), avg_pool=lambda: F.avg_pool2d(x(2, 3, 7, 7), 3, 2, 1, count_include_pad=False),
    adaptive_avg=lambda: F.adaptive_avg_pool2d(x(2, 3, 7, 7), 3), pad_reflect=lambda: F.pad(x(1, 2, 4, 4), (1, 2, 0, 1), "reflect"),
    pad_constant=lambda: F.pad(x(2, 2), (1, 0), value=3), unfold=lambda: F.unfold(x(1, 2, 4, 4), 3, padding=1),
    bilinear=lambda: F.interpolate(x(1, 2, 4, 4), size=(7, 9), mode="bilinear", align_corners=True),
    bicubic=lambda: F.interpolate(x(1, 2, 4, 4), scale_factor=2.0, mode="bicubic"), nearest=lambda: F.interpolate(x(1, 2, 4, 4), scale_factor=1.5),
    area=lambda: F.interpolate(x(1, 2, 6, 6), size=(3, 2), mode="area"), normalize=lambda: F.normalize(x(3, 4)),
    lrn=lambda: F.local_response_norm(x(2, 7, 3, 3), 5, 0.1, 0.75, 2), cosine_similarity=lambda: F.cosine_similarity(x(3, 4), x(3, 4)),
    cdist=lambda: torch.cdist(x(3, 4), x(5, 4)), grid_sample=lambda: F.grid_sample(x(1, 2, 4, 4), x(1, 3, 3, 2), align_corners=False),
    pixel_shuffle=lambda: F.pixel_shuffle(x(1, 8, 2, 2), 2), std=lambda: x(4, 5).std(0), var_biased=lambda: x(4, 5).var(1, unbiased=False),
    sort=lambda: list(x(4, 5).sort(1, True)), median=lambda: x(9).median(), quantile=lambda: x(9).quantile(torch.tensor([0.1, 0.5])),
    einsum=lambda: torch.einsum("bij,bkj->bik", x(2, 3, 4), x(2, 5, 4)), clip_grad=lambda: clipped(), logsumexp=lambda: x(3, 4).logsumexp(1),
    rsub=lambda: 2 - x(4), rdiv=lambda: 2 / x(4), remainder=lambda: x(9) % 0.3, floor_divide=lambda: torch.div(x(9), 0.3, rounding_mode="floor"),
)

PLACES = torch.tensor([[0, 2], [1, 1], [2, 0]])

# ---- places, joins, products and images
every(
    gather=lambda: x(3, 4).gather(1, PLACES), scatter=lambda: x(3, 4).scatter(1, PLACES, x(3, 2)), scatter_add=lambda: x(3, 4).scatter_add(1, PLACES, x(3, 2)),
    index_select=lambda: x(3, 4).index_select(1, torch.tensor([3, 0, 0])), take_along=lambda: torch.take_along_dim(x(3, 4), PLACES[:1], 1),
    topk=lambda: list(x(3, 6).topk(2, 1, False)), argsort=lambda: x(4, 5).argsort(0, True), where=lambda: torch.where(x(3, 4) > 0, x(3, 4), x(4)),
    extremes=lambda: [torch.minimum(x(4), x(4)), torch.maximum(x(4), x(4)), x(4).clamp_max(0.5), x(4).clamp_min(0)],
    masked_fill=lambda: x(3, 4).masked_fill(x(4) > 0, -2), stack=lambda: torch.stack([x(3), x(3)], 1), baddbmm=lambda: torch.baddbmm(x(2, 3, 5), x(2, 3, 4), x(2, 4, 5), beta=0.5, alpha=2),
    outer=lambda: torch.outer(x(3), x(4)), bilinear_function=lambda: F.bilinear(x(5, 2), x(5, 3), x(4, 2, 3), x(4)), pairwise=lambda: F.pairwise_distance(x(3, 4), x(3, 4), 1),
    affine_grid=lambda: F.affine_grid(x(2, 2, 3), [2, 1, 3, 4], align_corners=True), nearest_sample=lambda: F.grid_sample(x(1, 2, 4, 4), x(1, 3, 3, 2), "nearest", "border", False),
    reflected_sample=lambda: F.grid_sample(x(1, 2, 4, 4), x(1, 3, 3, 2), "bilinear", "reflection", True),
    made=lambda: [torch.linspace(-1, 2, 7), torch.arange(-3, 7, 3), torch.eye(2, 3), torch.full((2, 2), 0.5)],
    drawn=lambda: [torch.bernoulli(torch.rand(9)), torch.multinomial(torch.rand(3, 5), 2), torch.normal(x(4), torch.rand(4)), torch.randint(-2, 5, (9,)), torch.randn_like(x(4))],
)


def clipped():
    p = nn.Parameter(torch.zeros(5))
    p.grad = x(5)
    return [nn.utils.clip_grad_norm_([p], 0.5), p.grad]


def attention(mask=None, causal=False):
    q, k, v = x(2, 3, 4, 8), x(2, 3, 5, 8), x(2, 3, 5, 8)
    scores = q @ k.transpose(-2, -1) / 8 ** 0.5
    if causal:
        mask = torch.ones(4, 5, dtype=torch.bool).tril()
    if mask is not None:
        scores = scores.masked_fill(~mask, float("-inf")) if mask.dtype == torch.bool else scores + mask
    return scores.softmax(-1) @ v


every(attention=attention, attention_causal=lambda: attention(causal=True), attention_bias=lambda: attention(torch.linspace(-1, 1, 20).view(4, 5)),
      attention_mask=lambda: attention(torch.arange(20).view(4, 5) % 3 > 0))

# ---- losses
every(
    cross_entropy=lambda: F.cross_entropy(x(4, 3), torch.tensor([0, 2, 1, 1]), label_smoothing=0.1),
    cross_entropy_weight=lambda: F.cross_entropy(x(4, 3), torch.tensor([0, 2, -100, 1]), torch.tensor([1.0, 2, 3]), reduction="none"),
    nll=lambda: F.nll_loss(x(4, 3).log_softmax(1), torch.tensor([0, 2, 1, 1])), mse=lambda: F.mse_loss(x(4), x(4), reduction="sum"),
    l1=lambda: F.l1_loss(x(4), x(4)), smooth_l1=lambda: F.smooth_l1_loss(x(9), x(9), beta=0.5), huber=lambda: F.huber_loss(x(9), x(9), delta=0.5),
    bce=lambda: F.binary_cross_entropy(torch.rand(9), torch.rand(9)),
    bce_logits=lambda: F.binary_cross_entropy_with_logits(x(9), torch.rand(9), pos_weight=torch.tensor(2.0)),
    kl_div=lambda: F.kl_div(x(3, 4).log_softmax(1), x(3, 4).softmax(1), reduction="sum"),
    triplet=lambda: F.triplet_margin_loss(x(4, 3), x(4, 3), x(4, 3), margin=2), hinge=lambda: F.hinge_embedding_loss(x(4), torch.tensor([1.0, -1, 1, -1]), margin=1),
    margin=lambda: F.margin_ranking_loss(x(4), x(4), torch.tensor([1.0, -1, 1, -1]), margin=0.5),
    cosine=lambda: F.cosine_embedding_loss(x(4, 3), x(4, 3), torch.tensor([1.0, -1, 1, -1]), margin=0.1),
    gaussian_nll=lambda: F.gaussian_nll_loss(x(4), x(4), torch.rand(4), full=True),
    poisson_nll=lambda: F.poisson_nll_loss(x(4), torch.rand(4) * 3), soft_margin=lambda: F.multilabel_soft_margin_loss(x(3, 4), torch.rand(3, 4).round()),
    margins=lambda: [F.multi_margin_loss(x(4, 3), torch.tensor([0, 2, 1, 1]), margin=0.5), F.soft_margin_loss(x(4), torch.tensor([1.0, -1, 1, -1])),
                     F.multilabel_margin_loss(x(2, 3), torch.tensor([[0, 2, -1], [1, -1, 0]]))],
    ctc=lambda: F.ctc_loss(x(10, 2, 5).log_softmax(2), torch.tensor([[1, 2, 3], [2, 2, 4]]), torch.tensor([10, 8]), torch.tensor([3, 2])),
)

# ---- layers: initial parameters, output, gradients
every(
    linear=lambda: outcome(nn.Linear(4, 3), x(2, 4)), linear_plain=lambda: outcome(nn.Linear(4, 3, bias=False), x(2, 4)),
    conv1d=lambda: outcome(nn.Conv1d(2, 3, 3, 2, 1), x(2, 2, 9)), conv2d=lambda: outcome(nn.Conv2d(4, 6, (3, 2), (2, 1), (1, 0), groups=2), x(2, 4, 7, 7)),
    conv2d_same=lambda: outcome(nn.Conv2d(2, 2, 3, padding="same", dilation=2), x(1, 2, 7, 7)),
    conv2d_reflect=lambda: outcome(nn.Conv2d(2, 2, 3, padding=(1, 2), padding_mode="reflect"), x(1, 2, 5, 5)),
    conv3d=lambda: outcome(nn.Conv3d(2, 3, 2), x(1, 2, 4, 4, 4)), conv_transpose1d=lambda: outcome(nn.ConvTranspose1d(2, 3, 3, 2), x(2, 2, 5)),
    conv_transpose2d=lambda: outcome(nn.ConvTranspose2d(4, 6, 3, 2, 1, 1, groups=2), x(2, 4, 5, 5)),
    batch_norm=lambda: outcome(nn.BatchNorm2d(3), x(2, 3, 4, 4)), batch_norm_eval=lambda: outcome(nn.BatchNorm2d(3).eval(), x(2, 3, 4, 4)),
    layer_norm=lambda: outcome(nn.LayerNorm((3, 4)), x(2, 3, 4)), group_norm=lambda: outcome(nn.GroupNorm(2, 4), x(2, 4, 3)),
    instance_norm=lambda: outcome(nn.InstanceNorm2d(3, affine=True), x(2, 3, 4, 4)), embedding=lambda: outcome(nn.Embedding(5, 3, padding_idx=1), torch.tensor([[0, 1], [4, 2]])),
    prelu=lambda: outcome(nn.PReLU(3), x(2, 3)), bilinear_layer=lambda: outcome(nn.Bilinear(2, 3, 4), x(5, 2), x(5, 3)),
    rnn=lambda: outcome(nn.RNN(3, 4, 2, nonlinearity="relu"), x(5, 2, 3)), gru=lambda: outcome(nn.GRU(3, 4, 2, batch_first=True, bidirectional=True), x(2, 5, 3)),
    lstm=lambda: outcome(nn.LSTM(3, 4, 2, bidirectional=True), x(5, 2, 3), (x(4, 2, 4), x(4, 2, 4))), lstm_single=lambda: outcome(nn.LSTM(3, 4), x(5, 3)),
    rnn_cell=lambda: outcome(nn.RNNCell(3, 4), x(2, 3)), gru_cell=lambda: outcome(nn.GRUCell(3, 4), x(2, 3), x(2, 4)), lstm_cell=lambda: outcome(nn.LSTMCell(3, 4), x(2, 3)),
    network=lambda: outcome(nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(18, 2), nn.LogSoftmax(1)), x(3, 1, 8, 8)),
)


def steps(make):
    layer = nn.Linear(4, 3)
    optimizer = make(layer.parameters())
    data = x(8, 4)
    for _ in range(5):
        optimizer.zero_grad()
        layer(data).square().mean().backward()
        optimizer.step()
    return parameters(layer)


# ---- optimizers: parameters after five steps
every(
    sgd=lambda: steps(lambda p: torch.optim.SGD(p, 0.1)), sgd_nesterov=lambda: steps(lambda p: torch.optim.SGD(p, 0.1, 0.9, weight_decay=0.01, nesterov=True)),
    adam=lambda: steps(lambda p: torch.optim.Adam(p, 0.1, weight_decay=0.01)), adam_amsgrad=lambda: steps(lambda p: torch.optim.Adam(p, 0.1, (0.8, 0.9), amsgrad=True)),
    adamw=lambda: steps(lambda p: torch.optim.AdamW(p, 0.1, weight_decay=0.1)),
)


def main():
    results = {}
    for name, function in CASES.items():
        torch.manual_seed(0)
        value = function()
        values = value if isinstance(value, list) else [value]
        results[name] = [{"shape": list(v.shape), "data": v.double().flatten().tolist()} for v in values if v is not None]
    json.dump({"version": torch.__version__, "cases": results}, sys.stdout)


main()
