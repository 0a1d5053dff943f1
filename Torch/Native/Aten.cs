namespace TorchSharp;

/// <summary>
/// Every operator of libtorch that Torch/ calls, found on first use. A field's name is the operator's; with an overload,
/// both, and the name in full.
/// </summary>
internal static class Aten
{
    internal static readonly Op
        abs = new(), abs_ = new(), absolute = new(), absolute_ = new(), acos = new(), acos_ = new(), acosh = new(), acosh_ = new(),
        adaptive_avg_pool1d = new(), adaptive_avg_pool2d = new(), adaptive_avg_pool3d = new(), adaptive_max_pool1d = new(),
        adaptive_max_pool2d = new(), adaptive_max_pool3d = new(), add__Scalar = new("add_.Scalar"), add__Tensor = new("add_.Tensor"),
        add_Scalar = new("add.Scalar"), add_Tensor = new("add.Tensor"), addbmm = new(), addbmm_ = new(), addcdiv = new(),
        addcdiv_ = new(), addcmul = new(), addcmul_ = new(), addmm = new(), addmm_ = new(), addmv = new(), addmv_ = new(),
        addr = new(), addr_ = new(), adjoint = new(), affine_grid_generator = new(), alias = new(), all = new(),
        all_dim = new("all.dim"), allclose = new(), alpha_dropout = new(), alpha_dropout_ = new(), amax = new(),
        amax_out = new("amax.out"), amin = new(), amin_out = new("amin.out"), aminmax = new(), angle = new(), any = new(),
        any_dim = new("any.dim"), arange_start_step = new("arange.start_step"), arccos = new(), arccos_ = new(), arccosh = new(),
        arccosh_ = new(), arcsin = new(), arcsin_ = new(), arcsinh = new(), arcsinh_ = new(), arctan = new(), arctan2 = new(),
        arctan2_ = new(), arctan_ = new(), arctanh = new(), arctanh_ = new(), argmax = new(), argmin = new(), argsort = new(),
        argwhere = new(), as_strided = new(), asin = new(), asin_ = new(), asinh = new(), asinh_ = new(), atan = new(), atan2 = new(),
        atan2_ = new(), atan_ = new(), atanh = new(), atanh_ = new(), atleast_1d = new(), atleast_2d = new(), atleast_3d = new(),
        avg_pool1d = new(), avg_pool2d = new(), avg_pool3d = new();

    internal static readonly Op
        baddbmm = new(), batch_norm = new(), bernoulli = new(), bernoulli__float = new("bernoulli_.float"),
        bernoulli__Tensor = new("bernoulli_.Tensor"), bilinear = new(), binary_cross_entropy = new(),
        binary_cross_entropy_with_logits = new(), bincount = new(), binomial = new(), bitwise_and__Tensor = new("bitwise_and_.Tensor"),
        bitwise_and_Tensor = new("bitwise_and.Tensor"), bitwise_left_shift__Tensor = new("bitwise_left_shift_.Tensor"),
        bitwise_left_shift_Tensor = new("bitwise_left_shift.Tensor"), bitwise_not = new(), bitwise_not_ = new(),
        bitwise_or__Tensor = new("bitwise_or_.Tensor"), bitwise_or_Tensor = new("bitwise_or.Tensor"),
        bitwise_right_shift__Tensor = new("bitwise_right_shift_.Tensor"),
        bitwise_right_shift_Tensor = new("bitwise_right_shift.Tensor"), bitwise_xor__Tensor = new("bitwise_xor_.Tensor"),
        bitwise_xor_Tensor = new("bitwise_xor.Tensor"), block_diag = new(), bmm = new(), broadcast_tensors = new(),
        broadcast_to = new(), bucketize_Tensor = new("bucketize.Tensor");

    internal static readonly Op
        cartesian_prod = new(), cat = new(), cauchy_ = new(), cdist = new(), ceil = new(), ceil_ = new(), celu = new(), celu_ = new(),
        channel_shuffle = new(), cholesky_inverse = new(), cholesky_solve = new(), chunk = new(), clamp = new(), clamp_ = new(),
        clamp__Tensor = new("clamp_.Tensor"), clamp_max = new(), clamp_max_ = new(), clamp_min = new(), clamp_min_ = new(),
        clamp_Tensor = new("clamp.Tensor"), clip = new(), clone = new(), col2im = new(), column_stack = new(), combinations = new(),
        complex = new(), conj = new(), contiguous = new(), conv1d = new(), conv1d_padding = new("conv1d.padding"), conv2d = new(),
        conv2d_padding = new("conv2d.padding"), conv3d = new(), conv3d_padding = new("conv3d.padding"), conv_transpose1d = new(),
        conv_transpose2d_input = new("conv_transpose2d.input"), conv_transpose3d_input = new("conv_transpose3d.input"), copy_ = new(),
        copysign__Tensor = new("copysign_.Tensor"), copysign_Tensor = new("copysign.Tensor"), corrcoef = new(), cos = new(),
        cos_ = new(), cosh = new(), cosh_ = new(), cosine_embedding_loss = new(), cosine_similarity = new(), count_nonzero = new(),
        count_nonzero_dim_IntList = new("count_nonzero.dim_IntList"), cov = new(), cross_entropy_loss = new(),
        ctc_loss_Tensor = new("ctc_loss.Tensor"), cummax = new(), cummin = new(), cumprod = new(), cumsum = new(),
        cumulative_trapezoid_dx = new("cumulative_trapezoid.dx"), cumulative_trapezoid_x = new("cumulative_trapezoid.x");

    internal static readonly Op
        deg2rad = new(), deg2rad_ = new(), det = new(), detach = new(), detach_ = new(), diag = new(), diag_embed = new(),
        diagflat = new(), diagonal = new(), diagonal_scatter = new(), diff = new(), digamma = new(), digamma_ = new(), dist = new(),
        div__Scalar = new("div_.Scalar"), div__Scalar_mode = new("div_.Scalar_mode"), div__Tensor = new("div_.Tensor"),
        div__Tensor_mode = new("div_.Tensor_mode"), div_Scalar = new("div.Scalar"), div_Scalar_mode = new("div.Scalar_mode"),
        div_Tensor = new("div.Tensor"), div_Tensor_mode = new("div.Tensor_mode"), dot = new(), dropout = new(), dropout_ = new(),
        dsplit_array = new("dsplit.array"), dsplit_int = new("dsplit.int"), dstack = new();

    internal static readonly Op
        einsum = new(), elu = new(), elu_ = new(), embedding = new(), embedding_renorm_ = new(), empty = new("empty.memory_format"),
        empty_like = new(), eq__Scalar = new("eq_.Scalar"), eq__Tensor = new("eq_.Tensor"), eq_Scalar = new("eq.Scalar"),
        eq_Tensor = new("eq.Tensor"), equal = new(), erf = new(), erf_ = new(), erfc = new(), erfc_ = new(), erfinv = new(),
        erfinv_ = new(), exp = new(), exp2 = new(), exp2_ = new(), exp_ = new(), expand = new(), expand_as = new(), expm1 = new(),
        expm1_ = new(), exponential_ = new(), eye_m = new("eye.m");

    internal static readonly Op
        feature_alpha_dropout = new(), feature_alpha_dropout_ = new(), feature_dropout = new(), feature_dropout_ = new(),
        fill__Scalar = new("fill_.Scalar"), fix = new(), fix_ = new(), flatten_using_ints = new("flatten.using_ints"), flip = new(),
        fliplr = new(), flipud = new(), float_power__Tensor = new("float_power_.Tensor"),
        float_power_Tensor_Tensor = new("float_power.Tensor_Tensor"), floor = new(), floor_ = new(), floor_divide = new(),
        floor_divide__Scalar = new("floor_divide_.Scalar"), floor_divide__Tensor = new("floor_divide_.Tensor"),
        floor_divide_Scalar = new("floor_divide.Scalar"), fmax = new(), fmin = new(), fmod__Scalar = new("fmod_.Scalar"),
        fmod__Tensor = new("fmod_.Tensor"), fmod_Scalar = new("fmod.Scalar"), fmod_Tensor = new("fmod.Tensor"), frac = new(),
        frac_ = new(), frexp_Tensor = new("frexp.Tensor"), full = new(), full_like = new();

    internal static readonly Op
        gather = new(), gcd = new(), gcd_ = new(), ge__Scalar = new("ge_.Scalar"), ge__Tensor = new("ge_.Tensor"),
        ge_Scalar = new("ge.Scalar"), ge_Tensor = new("ge.Tensor"), gelu = new(), gelu_ = new(), geometric_ = new(), ger = new(),
        glu = new(), greater_equal_Tensor = new("greater_equal.Tensor"), greater_Tensor = new("greater.Tensor"), grid_sampler = new(),
        group_norm = new(), gru_cell = new(), gru_input = new("gru.input"), gt__Scalar = new("gt_.Scalar"),
        gt__Tensor = new("gt_.Tensor"), gt_Scalar = new("gt.Scalar"), gt_Tensor = new("gt.Tensor");

    internal static readonly Op
        hardshrink = new(), hardsigmoid = new(), hardsigmoid_ = new(), hardswish = new(), hardswish_ = new(), hardtanh = new(),
        hardtanh_ = new(), heaviside = new(), heaviside_ = new(), hinge_embedding_loss = new(), histc = new(),
        hsplit_array = new("hsplit.array"), hsplit_int = new("hsplit.int"), hstack = new(), huber_loss = new(), hypot = new();

    internal static readonly Op
        i0 = new(), i0_ = new(), im2col = new(), index_add = new(), index_add_ = new(), index_copy = new(), index_copy_ = new(),
        index_fill__int_Scalar = new("index_fill_.int_Scalar"), index_fill_int_Scalar = new("index_fill.int_Scalar"),
        index_put_ = new(), index_select = new(), index_Tensor = new("index.Tensor"), inner = new(), instance_norm = new(),
        inverse = new(), is_nonzero = new(), is_pinned = new(), isclose = new(), isfinite = new(),
        isin_Tensor_Tensor = new("isin.Tensor_Tensor"), isinf = new(), isnan = new(), isneginf = new(), isposinf = new(),
        isreal = new();

    internal static readonly Op
        kl_div = new(), kron = new(), kthvalue = new();

    internal static readonly Op
        l1_loss = new(), layer_norm = new(), lcm = new(), lcm_ = new(), ldexp_ = new(), ldexp_Tensor = new("ldexp.Tensor"),
        le__Scalar = new("le_.Scalar"), le__Tensor = new("le_.Tensor"), le_Scalar = new("le.Scalar"), le_Tensor = new("le.Tensor"),
        leaky_relu = new(), leaky_relu_ = new(), lerp__Tensor = new("lerp_.Tensor"), lerp_Tensor = new("lerp.Tensor"),
        less_equal__Tensor = new("less_equal_.Tensor"), less_equal_Tensor = new("less_equal.Tensor"), less_Tensor = new("less.Tensor"),
        lgamma = new(), lgamma_ = new(), linalg_cholesky = new(), linalg_cond = new(), linalg_cond_p_str = new("linalg_cond.p_str"),
        linalg_cross = new(), linalg_det = new(), linalg_diagonal = new(), linalg_eig = new(), linalg_eigh = new(),
        linalg_eigvals = new(), linalg_eigvalsh = new(), linalg_inv = new(), linalg_matrix_exp = new(), linalg_matrix_norm = new(),
        linalg_matrix_norm_str_ord = new("linalg_matrix_norm.str_ord"),
        linalg_matrix_rank_atol_rtol_float = new("linalg_matrix_rank.atol_rtol_float"),
        linalg_matrix_rank_atol_rtol_tensor = new("linalg_matrix_rank.atol_rtol_tensor"), linalg_multi_dot = new(),
        linalg_norm = new(), linalg_norm_ord_str = new("linalg_norm.ord_str"), linalg_pinv = new(),
        linalg_pinv_atol_rtol_float = new("linalg_pinv.atol_rtol_float"),
        linalg_pinv_atol_rtol_tensor = new("linalg_pinv.atol_rtol_tensor"), linalg_qr = new(), linalg_slogdet = new(),
        linalg_solve = new(), linalg_svd = new(), linalg_svdvals = new(), linalg_vector_norm = new(), linear = new(), linspace = new(),
        _local_scalar_dense = new(), log = new(), log10 = new(), log10_ = new(), log1p = new(), log1p_ = new(), log2 = new(),
        log2_ = new(), log_ = new(), log_normal_ = new(), log_sigmoid = new(), log_softmax_int = new("log_softmax.int"),
        logaddexp = new(), logaddexp2 = new(), logcumsumexp = new(), logdet = new(), logical_and = new(), logical_and_ = new(),
        logical_not = new(), logical_not_ = new(), logical_or = new(), logical_or_ = new(), logical_xor = new(), logical_xor_ = new(),
        logit = new(), logit_ = new(), logspace = new(), logsumexp = new(), lstm_cell = new(), lstm_input = new("lstm.input"),
        lt__Scalar = new("lt_.Scalar"), lt__Tensor = new("lt_.Tensor"), lt_Scalar = new("lt.Scalar"), lt_Tensor = new("lt.Tensor");

    internal static readonly Op
        margin_ranking_loss = new(), masked_fill__Scalar = new("masked_fill_.Scalar"), masked_fill_Scalar = new("masked_fill.Scalar"),
        masked_scatter = new(), masked_scatter_ = new(), masked_select = new(), matmul = new(), matrix_exp = new(), matrix_H = new(),
        matrix_power = new(), max = new(), max_dim = new("max.dim"), max_other = new("max.other"), max_pool1d = new(),
        max_pool1d_with_indices = new(), max_pool2d = new(), max_pool2d_with_indices = new(), max_pool3d = new(),
        max_pool3d_with_indices = new(), maximum = new(), mean = new(), mean_dim = new("mean.dim"), median = new(),
        meshgrid_indexing = new("meshgrid.indexing"), mH = new(), min = new(), min_dim = new("min.dim"), min_other = new("min.other"),
        minimum = new(), mish = new(), mish_ = new(), mm = new(), mode = new(), movedim_intlist = new("movedim.intlist"),
        mse_loss = new(), msort = new(), mT = new(), mul__Scalar = new("mul_.Scalar"), mul__Tensor = new("mul_.Tensor"),
        mul_Scalar = new("mul.Scalar"), mul_Tensor = new("mul.Tensor"), multi_margin_loss = new(), multilabel_margin_loss = new(),
        multinomial = new(), multiply_Scalar = new("multiply.Scalar"), multiply_Tensor = new("multiply.Tensor"), mv = new();

    internal static readonly Op
        nan_to_num = new(), nan_to_num_ = new(), nanmean = new(), nanmedian = new(), nanquantile = new(), nansum = new(),
        narrow = new(), ne__Scalar = new("ne_.Scalar"), ne__Tensor = new("ne_.Tensor"), ne_Scalar = new("ne.Scalar"),
        ne_Tensor = new("ne.Tensor"), neg = new(), neg_ = new(), negative = new(), new_empty = new(), new_full = new(),
        new_ones = new(), new_zeros = new(), nextafter = new(), nll_loss_nd = new(), nonzero = new(), norm_Scalar = new("norm.Scalar"),
        norm_ScalarOpt_dim = new("norm.ScalarOpt_dim"), normal_ = new(), normal_float_float = new("normal.float_float"),
        normal_Tensor_Tensor = new("normal.Tensor_Tensor"), not_equal__Tensor = new("not_equal_.Tensor"),
        not_equal_Tensor = new("not_equal.Tensor"), numpy_T = new();

    internal static readonly Op
        one_hot = new(), ones = new(), ones_like = new(), outer = new();

    internal static readonly Op
        pad = new(), pad_sequence = new(), pairwise_distance = new(), permute = new(), pin_memory = new(), pixel_shuffle = new(),
        pixel_unshuffle = new(), poisson = new(), poisson_nll_loss = new(), polar = new(), polygamma = new(), polygamma_ = new(),
        positive = new(), pow__Scalar = new("pow_.Scalar"), pow__Tensor = new("pow_.Tensor"),
        pow_Tensor_Scalar = new("pow.Tensor_Scalar"), pow_Tensor_Tensor = new("pow.Tensor_Tensor"), prelu = new(), prod = new(),
        prod_dim_int = new("prod.dim_int");

    internal static readonly Op
        quantile = new();

    internal static readonly Op
        rad2deg = new(), rad2deg_ = new(), rand_generator = new("rand.generator"), rand_like = new(),
        randint_like_low_dtype = new("randint_like.low_dtype"), randint_low_generator = new("randint.low_generator"),
        randn_generator = new("randn.generator"), randn_like = new(), random__from = new("random_.from"),
        randperm_generator = new("randperm.generator"), ravel = new(), reciprocal = new(), reciprocal_ = new(), relu = new(),
        relu6 = new(), relu6_ = new(), relu_ = new(), remainder__Scalar = new("remainder_.Scalar"),
        remainder__Tensor = new("remainder_.Tensor"), remainder_Scalar = new("remainder.Scalar"),
        remainder_Tensor = new("remainder.Tensor"), renorm = new(), repeat = new(),
        repeat_interleave_self_int = new("repeat_interleave.self_int"),
        repeat_interleave_self_Tensor = new("repeat_interleave.self_Tensor"), reshape = new(), resolve_conj = new(),
        resolve_neg = new(), result_type_Tensor = new("result_type.Tensor"), retain_grad = new(), rnn_relu_cell = new(),
        rnn_relu_input = new("rnn_relu.input"), rnn_tanh_cell = new(), rnn_tanh_input = new("rnn_tanh.input"), roll = new(),
        rot90 = new(), round__decimals = new("round_.decimals"), round_decimals = new("round.decimals"), row_stack = new(),
        rrelu = new(), rrelu_ = new(), rsqrt = new(), rsqrt_ = new(), rsub_Scalar = new("rsub.Scalar");

    internal static readonly Op
        scaled_dot_product_attention = new(), scatter__src = new("scatter_.src"), scatter_add = new(), scatter_add_ = new(),
        scatter_src = new("scatter.src"), searchsorted_Tensor = new("searchsorted.Tensor"), select_int = new("select.int"),
        select_scatter = new(), selu = new(), selu_ = new(), set__source_Tensor = new("set_.source_Tensor"), sgn = new(), sgn_ = new(),
        sigmoid = new(), sigmoid_ = new(), sign = new(), sign_ = new(), signbit = new(), silu = new(), silu_ = new(), sin = new(),
        sin_ = new(), sinc = new(), sinc_ = new(), sinh = new(), sinh_ = new(), slice_scatter = new(),
        slice_Tensor = new("slice.Tensor"), smooth_l1_loss = new(), soft_margin_loss = new(), softmax_int = new("softmax.int"),
        softplus = new(), softshrink = new(), sort_stable = new("sort.stable"), split_Tensor = new("split.Tensor"),
        split_with_sizes = new(), sqrt = new(), sqrt_ = new(), square = new(), squeeze = new(), squeeze_ = new(),
        squeeze__dim = new("squeeze_.dim"), squeeze_dim = new("squeeze.dim"), stack = new(), std = new(), std_dim = new("std.dim"),
        std_mean = new(), std_mean_dim = new("std_mean.dim"), sub__Scalar = new("sub_.Scalar"), sub__Tensor = new("sub_.Tensor"),
        sub_Scalar = new("sub.Scalar"), sub_Tensor = new("sub.Tensor"), subtract__Scalar = new("subtract_.Scalar"),
        subtract__Tensor = new("subtract_.Tensor"), subtract_Scalar = new("subtract.Scalar"), subtract_Tensor = new("subtract.Tensor"),
        sum = new(), sum_dim_IntList = new("sum.dim_IntList");

    internal static readonly Op
        t = new(), take = new(), take_along_dim = new(), tan = new(), tan_ = new(), tanh = new(), tanh_ = new(),
        tensor_split_indices = new("tensor_split.indices"), tensor_split_sections = new("tensor_split.sections"),
        tensor_split_tensor_indices_or_sections = new("tensor_split.tensor_indices_or_sections"), tensordot = new(), threshold = new(),
        threshold_ = new(), tile = new(), to_dense = new(), to_device = new("to.device"), to_dtype = new("to.dtype"),
        to_sparse = new(), topk = new(), trace = new(), transpose_ = new(), transpose_int = new("transpose.int"),
        trapezoid_dx = new("trapezoid.dx"), trapezoid_x = new("trapezoid.x"), tril = new(), tril_ = new(), tril_indices = new(),
        triplet_margin_loss = new(), triu = new(), triu_ = new(), triu_indices = new(),
        true_divide__Scalar = new("true_divide_.Scalar"), true_divide__Tensor = new("true_divide_.Tensor"),
        true_divide_Scalar = new("true_divide.Scalar"), true_divide_Tensor = new("true_divide.Tensor"), trunc = new(), trunc_ = new();

    internal static readonly Op
        unbind_int = new("unbind.int"), unflatten_int = new("unflatten.int"), unfold = new(), uniform_ = new(), _unique2 = new(),
        unique_consecutive = new(), unique_dim = new(), unsqueeze = new(), unsqueeze_ = new(),
        _upsample_bicubic2d_aa_vec = new("_upsample_bicubic2d_aa.vec"), upsample_bicubic2d_vec = new("upsample_bicubic2d.vec"),
        _upsample_bilinear2d_aa_vec = new("_upsample_bilinear2d_aa.vec"), upsample_bilinear2d_vec = new("upsample_bilinear2d.vec"),
        upsample_linear1d_vec = new("upsample_linear1d.vec"), upsample_nearest1d_vec = new("upsample_nearest1d.vec"),
        upsample_nearest2d_vec = new("upsample_nearest2d.vec"), upsample_nearest3d_vec = new("upsample_nearest3d.vec"),
        _upsample_nearest_exact1d_vec = new("_upsample_nearest_exact1d.vec"),
        _upsample_nearest_exact2d_vec = new("_upsample_nearest_exact2d.vec"),
        _upsample_nearest_exact3d_vec = new("_upsample_nearest_exact3d.vec"),
        upsample_trilinear3d_vec = new("upsample_trilinear3d.vec");

    internal static readonly Op
        vander = new(), var = new(), var_dim = new("var.dim"), var_mean = new(), var_mean_dim = new("var_mean.dim"), vdot = new(),
        view = new(), view_as = new(), view_as_complex = new(), view_as_real = new(), vsplit_array = new("vsplit.array"),
        vsplit_int = new("vsplit.int"), vstack = new();

    internal static readonly Op
        where = new(), where_self = new("where.self");

    internal static readonly Op
        xlogy__Scalar_Other = new("xlogy_.Scalar_Other"), xlogy__Tensor = new("xlogy_.Tensor"),
        xlogy_Scalar_Other = new("xlogy.Scalar_Other"), xlogy_Tensor = new("xlogy.Tensor");

    internal static readonly Op
        zero_ = new(), zeros = new(), zeros_like = new();
}
