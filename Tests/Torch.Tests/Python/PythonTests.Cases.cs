using TorchSharp.Modules;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

namespace Dlm.Torch.Tests;

public partial class PythonTests
{
    private static Tensor X(params long[] size) => randn(size);

    private static Tensor Indices(params long[] values) => tensor(values);

    private static Tensor Signs => tensor(new float[] { 1, -1, 1, -1 });

    private static Dictionary<string, Func<Tensor[]>> Draws() => new()
    {
        ["randn"] = () => [X(3, 5)],
        ["randn_many"] = () => [X(1000)],
        ["rand"] = () => [rand(20)],
        ["randint"] = () => [randint(0, 10, [20])],
        ["randperm"] = () => [randperm(20)],
        ["normal"] = () => [empty(20).normal_(1, 2)],
        ["bernoulli"] = () => [empty(20).bernoulli_(0.3)],
        ["uniform"] = () => [empty(20).uniform_(-2, 3)],
        ["dropout"] = () => [dropout(X(50), 0.3)],
        ["xavier_uniform"] = () => [init.xavier_uniform_(empty(3, 4))],
        ["xavier_normal"] = () => [init.xavier_normal_(empty(3, 4))],
        ["kaiming_uniform"] = () => [init.kaiming_uniform_(empty(3, 4, 2))],
        ["kaiming_normal"] = () => [init.kaiming_normal_(empty(3, 4, 2))],
        ["dirac"] = () => [init.dirac_(rand(3, 4, 3)), init.dirac_(rand(4, 3, 4, 3))],
        ["sparse"] = () => [init.sparse_(empty(7, 4), 0.3, 0.1)],
        ["orthogonal"] = () => [init.orthogonal_(empty(3, 5))],
        ["trunc_normal"] = () => [init.trunc_normal_(empty(20))],
    };

    private static Dictionary<string, Func<Tensor[]>> Functions() => new()
    {
        ["softmax"] = () => [X(3, 4).softmax(1)],
        ["log_softmax"] = () => [X(3, 4).log_softmax(-1)],
        ["gelu"] = () => [gelu(X(20))],
        ["gelu_tanh"] = () => [gelu(X(20), TorchSharp.Modules.GELU.Approximate.tanh)],
        ["silu"] = () => [silu(X(20))],
        ["mish"] = () => [mish(X(20))],
        ["elu"] = () => [elu(X(20), 0.5)],
        ["leaky_relu"] = () => [leaky_relu(X(20), 0.2)],
        ["hardswish"] = () => [hardswish(X(20) * 3)],
        ["softplus"] = () => [softplus(X(20), 2)],
        ["softsign"] = () => [softsign(X(20))],
        ["tanhshrink"] = () => [tanhshrink(X(20))],
        ["softmin"] = () => [softmin(X(20), 0)],
        ["glu"] = () => [glu(X(4, 6))],
        ["max_pool"] = () => [max_pool2d(X(2, 3, 7, 7), 3, 2, 1)],
        ["avg_pool"] = () => [avg_pool2d(X(2, 3, 7, 7), 3, 2, 1, count_include_pad: false)],
        ["adaptive_avg"] = () => [adaptive_avg_pool2d(X(2, 3, 7, 7), 3)],
        ["pad_reflect"] = () => [pad(X(1, 2, 4, 4), (1, 2, 0, 1), PaddingModes.Reflect)],
        ["pad_constant"] = () => [pad(X(2, 2), (1, 0), value: 3)],
        ["unfold"] = () => [unfold(X(1, 2, 4, 4), 3, padding: 1)],
        ["bilinear"] = () => [interpolate(X(1, 2, 4, 4), [7, 9], mode: InterpolationMode.Bilinear, align_corners: true)],
        ["bicubic"] = () => [interpolate(X(1, 2, 4, 4), scale_factor: [2], mode: InterpolationMode.Bicubic)],
        ["nearest"] = () => [interpolate(X(1, 2, 4, 4), scale_factor: [1.5])],
        ["area"] = () => [interpolate(X(1, 2, 6, 6), [3, 2], mode: InterpolationMode.Area)],
        ["normalize"] = () => [normalize(X(3, 4))],
        ["lrn"] = () => [local_response_norm(X(2, 7, 3, 3), 5, 0.1, 0.75, 2)],
        ["cosine_similarity"] = () => [cosine_similarity(X(3, 4), X(3, 4))],
        ["cdist"] = () => [cdist(X(3, 4), X(5, 4))],
        ["grid_sample"] = () => [grid_sample(X(1, 2, 4, 4), X(1, 3, 3, 2), align_corners: false)],
        ["pixel_shuffle"] = () => [pixel_shuffle(X(1, 8, 2, 2), 2)],
        ["std"] = () => [X(4, 5).std(0)],
        ["var_biased"] = () => [X(4, 5).var(1, false)],
        ["sort"] = () => { var (values, places) = X(4, 5).sort(1, true); return [values, places]; },
        ["median"] = () => [X(9).median()],
        ["quantile"] = () => [X(9).quantile(tensor(new float[] { 0.1f, 0.5f }))],
        ["einsum"] = () => [einsum("bij,bkj->bik", X(2, 3, 4), X(2, 5, 4))],
        ["logsumexp"] = () => [X(3, 4).logsumexp(1)],
        ["rsub"] = () => [2 - X(4)],
        ["rdiv"] = () => [2 / X(4)],
        ["remainder"] = () => [X(9) % 0.3],
        ["floor_divide"] = () => [X(9).div(0.3, RoundingMode.floor)],
        ["clip_grad"] = Clipped,
        ["attention"] = () => Attention(),
        ["attention_causal"] = () => Attention(causal: true),
        ["attention_bias"] = () => Attention(linspace(-1, 1, 20).view(4, 5)),
        ["attention_mask"] = () => Attention(arange(20).view(4, 5) % 3 > 0),
    };

    private static Tensor Places => tensor(new long[,] { { 0, 2 }, { 1, 1 }, { 2, 0 } });

    private static Dictionary<string, Func<Tensor[]>> PlacesAndProducts() => new()
    {
        ["gather"] = () => [X(3, 4).gather(1, Places)],
        ["scatter"] = () => [X(3, 4).scatter(1, Places, X(3, 2))],
        ["scatter_add"] = () => [X(3, 4).scatter_add(1, Places, X(3, 2))],
        ["index_select"] = () => [X(3, 4).index_select(1, Indices(3, 0, 0))],
        ["take_along"] = () => [X(3, 4).take_along_dim(Places[..1], 1)],
        ["topk"] = () => { var (values, places) = X(3, 6).topk(2, 1, false); return [values, places]; },
        ["argsort"] = () => [X(4, 5).argsort(0, true)],
        ["where"] = () => [where(X(3, 4).gt(0), X(3, 4), X(4))],
        ["extremes"] = () => [minimum(X(4), X(4)), maximum(X(4), X(4)), X(4).clamp_max(0.5), X(4).clamp_min(0)],
        ["masked_fill"] = () => [X(3, 4).masked_fill(X(4).gt(0), -2)],
        ["stack"] = () => [stack([X(3), X(3)], 1)],
        ["baddbmm"] = () => [X(2, 3, 5).baddbmm(X(2, 3, 4), X(2, 4, 5), 0.5f, 2)],
        ["outer"] = () => [X(3).outer(X(4))],
        ["bilinear_function"] = () => [bilinear(X(5, 2), X(5, 3), X(4, 2, 3), X(4))],
        ["pairwise"] = () => [pairwise_distance(X(3, 4), X(3, 4), 1)],
        ["affine_grid"] = () => [affine_grid(X(2, 2, 3), [2, 1, 3, 4], true)],
        ["nearest_sample"] = () => [grid_sample(X(1, 2, 4, 4), X(1, 3, 3, 2), GridSampleMode.Nearest, GridSamplePaddingMode.Border)],
        ["reflected_sample"] = () => [grid_sample(X(1, 2, 4, 4), X(1, 3, 3, 2), GridSampleMode.Bilinear, GridSamplePaddingMode.Reflection, true)],
        ["made"] = () => [linspace(-1, 2, 7), arange(-3, 7, 3), eye(2, 3), full([2, 2], 0.5)],
        ["drawn"] = () => [bernoulli(rand(9)), multinomial(rand(3, 5), 2), normal(X(4), rand(4)), randint(-2L, 5L, [9]), randn_like(X(4))],
    };

    private static Tensor[] Clipped()
    {
        var p = Parameter(zeros(5));
        p.grad = X(5);
        return [tensor(utils.clip_grad_norm_([p], 0.5)), p.grad];
    }

    private static Tensor[] Attention(Tensor? mask = null, bool causal = false) =>
        [scaled_dot_product_attention(X(2, 3, 4, 8), X(2, 3, 5, 8), X(2, 3, 5, 8), mask, 0, causal)];

    private static Dictionary<string, Func<Tensor[]>> Losses() => new()
    {
        ["cross_entropy"] = () => [cross_entropy(X(4, 3), Indices(0, 2, 1, 1), label_smoothing: 0.1)],
        ["cross_entropy_weight"] = () => [cross_entropy(X(4, 3), Indices(0, 2, -100, 1), tensor(new float[] { 1, 2, 3 }), reduction: Reduction.None)],
        ["nll"] = () => [nll_loss(X(4, 3).log_softmax(1), Indices(0, 2, 1, 1))],
        ["mse"] = () => [mse_loss(X(4), X(4), Reduction.Sum)],
        ["l1"] = () => [l1_loss(X(4), X(4))],
        ["smooth_l1"] = () => [smooth_l1_loss(X(9), X(9), beta: 0.5)],
        ["huber"] = () => [huber_loss(X(9), X(9), 0.5)],
        ["bce"] = () => [binary_cross_entropy(rand(9), rand(9))],
        ["bce_logits"] = () => [binary_cross_entropy_with_logits(X(9), rand(9), pos_weights: tensor(2f))],
        ["kl_div"] = () => [kl_div(X(3, 4).log_softmax(1), X(3, 4).softmax(1), false, Reduction.Sum)],
        ["triplet"] = () => [triplet_margin_loss(X(4, 3), X(4, 3), X(4, 3), 2)],
        ["hinge"] = () => [hinge_embedding_loss(X(4), Signs, 1)],
        ["margin"] = () => [margin_ranking_loss(X(4), X(4), Signs, 0.5)],
        ["cosine"] = () => [cosine_embedding_loss(X(4, 3), X(4, 3), Signs, 0.1)],
        ["gaussian_nll"] = () => [gaussian_nll_loss(X(4), X(4), rand(4), true)],
        ["poisson_nll"] = () => [poisson_nll_loss(X(4), rand(4) * 3)],
        ["soft_margin"] = () => [multilabel_soft_margin_loss(X(3, 4), rand(3, 4).round())],
        ["margins"] = () => [multi_margin_loss(X(4, 3), Indices(0, 2, 1, 1), 1, 0.5), soft_margin_loss(X(4), Signs), multi_label_margin_loss(X(2, 3), tensor(new long[,] { { 0, 2, -1 }, { 1, -1, 0 } }))],
        ["ctc"] = () => [ctc_loss(X(10, 2, 5).log_softmax(2), tensor(new long[,] { { 1, 2, 3 }, { 2, 2, 4 } }), Indices(10, 8), Indices(3, 2))],
    };

    private static Dictionary<string, Func<Tensor[]>> Layers() => new()
    {
        ["linear"] = () => Outcome(Linear(4, 3), X(2, 4)),
        ["linear_plain"] = () => Outcome(Linear(4, 3, false), X(2, 4)),
        ["conv1d"] = () => Outcome(Conv1d(2, 3, 3, 2, 1), X(2, 2, 9)),
        ["conv2d"] = () => Outcome(Conv2d(4, 6, (3, 2), (2, 1), (1, 0), groups: 2), X(2, 4, 7, 7)),
        ["conv2d_same"] = () => Outcome(Conv2d(2, 2, 3, Padding.Same, dilation: 2), X(1, 2, 7, 7)),
        ["conv2d_reflect"] = () => Outcome(Conv2d(2, 2, (3, 3), padding: (1, 2), padding_mode: PaddingModes.Reflect), X(1, 2, 5, 5)),
        ["conv3d"] = () => Outcome(Conv3d(2, 3, 2), X(1, 2, 4, 4, 4)),
        ["conv_transpose1d"] = () => Outcome(ConvTranspose1d(2, 3, 3, 2), X(2, 2, 5)),
        ["conv_transpose2d"] = () => Outcome(ConvTranspose2d(4, 6, 3, 2, 1, 1, groups: 2), X(2, 4, 5, 5)),
        ["batch_norm"] = () => Outcome(BatchNorm2d(3), X(2, 3, 4, 4)),
        ["batch_norm_eval"] = () => { var layer = BatchNorm2d(3); layer.eval(); return Outcome(layer, X(2, 3, 4, 4)); },
        ["layer_norm"] = () => Outcome(LayerNorm([3, 4]), X(2, 3, 4)),
        ["group_norm"] = () => Outcome(GroupNorm(2, 4), X(2, 4, 3)),
        ["instance_norm"] = () => Outcome(InstanceNorm2d(3, affine: true), X(2, 3, 4, 4)),
        ["embedding"] = () => Outcome(Embedding(5, 3, 1), tensor(new long[,] { { 0, 1 }, { 4, 2 } })),
        ["prelu"] = () => Outcome(PReLU(3), X(2, 3)),
        ["bilinear_layer"] = () => { var layer = Bilinear(2, 3, 4); return Outcome(layer, () => [layer.call(X(5, 2), X(5, 3))]); },
        ["rnn"] = () => { var layer = RNN(3, 4, 2, NonLinearities.ReLU); return Outcome(layer, () => { var (y, h) = layer.call(X(5, 2, 3)); return [y, h]; }); },
        ["gru"] = () => { var layer = GRU(3, 4, 2, batchFirst: true, bidirectional: true); return Outcome(layer, () => { var (y, h) = layer.call(X(2, 5, 3)); return [y, h]; }); },
        ["lstm"] = () => { var layer = LSTM(3, 4, 2, bidirectional: true); return Outcome(layer, () => { var (y, h, c) = layer.call(X(5, 2, 3), (X(4, 2, 4), X(4, 2, 4))); return [y, h, c]; }); },
        ["lstm_single"] = () => { var layer = LSTM(3, 4); return Outcome(layer, () => { var (y, h, c) = layer.call(X(5, 3)); return [y, h, c]; }); },
        ["rnn_cell"] = () => { var layer = RNNCell(3, 4); return Outcome(layer, () => [layer.forward(X(2, 3))]); },
        ["gru_cell"] = () => { var layer = GRUCell(3, 4); return Outcome(layer, () => [layer.call(X(2, 3), X(2, 4))]); },
        ["lstm_cell"] = () => { var layer = LSTMCell(3, 4); return Outcome(layer, () => { var (h, c) = layer.call(X(2, 3)); return [h, c]; }); },
        ["network"] = () => Outcome(Sequential(Conv2d(1, 2, 3), ReLU(), MaxPool2d(2), Flatten(), Linear(18, 2), LogSoftmax(1)), X(3, 1, 8, 8)),
    };

    private static Tensor[] Outcome(Module<Tensor, Tensor> module, Tensor input) => Outcome(module, () => [module.call(input)]);

    /// <summary>Initial parameters, outputs, and the gradients of their weighted sum.</summary>
    private static Tensor[] Outcome(Module module, Func<Tensor[]> call)
    {
        var initial = module.parameters().Select(p => p.detach().clone()).ToList();
        var outputs = call();
        var loss = outputs.Select(o => (o * linspace(-1, 2, o.numel()).view_as(o)).sum()).Aggregate((a, b) => a + b);
        loss.backward();
        return [.. initial, .. outputs, .. module.parameters().Select(p => p.grad!)];
    }

    private static Dictionary<string, Func<Tensor[]>> Optimizers() => new()
    {
        ["sgd"] = () => Steps(p => optim.SGD(p, 0.1)),
        ["sgd_nesterov"] = () => Steps(p => optim.SGD(p, 0.1, 0.9, weight_decay: 0.01, nesterov: true)),
        ["adam"] = () => Steps(p => optim.Adam(p, 0.1, weight_decay: 0.01)),
        ["adam_amsgrad"] = () => Steps(p => optim.Adam(p, 0.1, 0.8, 0.9, amsgrad: true)),
        ["adamw"] = () => Steps(p => optim.AdamW(p, 0.1, weight_decay: 0.1)),
    };

    private static Tensor[] Steps(Func<IEnumerable<Parameter>, optim.Optimizer> make)
    {
        var layer = Linear(4, 3);
        using var optimizer = make(layer.parameters());
        var data = X(8, 4);
        for (var i = 0; i < 5; i++)
        {
            optimizer.zero_grad();
            layer.call(data).square().mean().backward();
            optimizer.step();
        }
        return layer.parameters().ToArray();
    }
}
