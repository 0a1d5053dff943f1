using Dlm.Dsl.Shapes;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Elaboration;

/// <summary>How parameters begin: a call of a method of <c>torch.nn.init</c>.</summary>
/// <param name="Method">The method.</param>
/// <param name="Arguments">Its arguments behind the tensor, without those at the end that are its defaults; a text is one of its words.</param>
public sealed record Initialization(string Method, IReadOnlyList<StaticValue> Arguments);

/// <summary>A rule of an <c>init</c>: which parameters, and how they begin.</summary>
/// <param name="Targets">Which; those of any.</param>
/// <param name="Value">How.</param>
/// <param name="Span">Its place.</param>
public sealed record InitRule(IReadOnlyList<InitTarget> Targets, Initialization Value, TextSpan Span);

/// <summary>Parameters that a rule is for.</summary>
/// <param name="Span">Its place.</param>
public abstract record InitTarget(TextSpan Span)
{
    /// <summary>Whether it is for a parameter, as far as can be told before loops are counted.</summary>
    internal abstract bool MayMatch(ParameterKey parameter);
}

/// <summary>The parameters whose keys are of a pattern: <c>"*.bias"</c>.</summary>
/// <param name="Pattern">The pattern, without its quotes.</param>
/// <param name="Span">Its place.</param>
public sealed record KeyTarget(string Pattern, TextSpan Span) : InitTarget(Span)
{
    /// <summary>Whether it is itself the key of a parameter.</summary>
    public bool IsParameter { get; init; }

    /// <summary>Whether it is the key of a module, which stands for all that is in it.</summary>
    public bool IsModule { get; init; }

    internal override bool MayMatch(ParameterKey parameter) => KeyGlob.MayMatch(Pattern, parameter.Key);
}

/// <summary>A parameter of every layer of an operator: <c>conv</c>, <c>batchnorm.bias</c>.</summary>
/// <param name="Operator">The operator.</param>
/// <param name="Role">The parameter, or what several begin with: the <c>weight</c> of an LSTM is <c>weight_ih_l0</c>, <c>weight_hh_l0</c> and so on.</param>
/// <param name="Span">Its place.</param>
public sealed record LayerTarget(string Operator, string Role, TextSpan Span) : InitTarget(Span)
{
    /// <summary>The layers' classes in TorchSharp, or in the generated file.</summary>
    public IReadOnlyList<(string Class, bool IsOwn)> Classes { get; init; } = [];

    /// <summary>The parameters' names, where there is a fixed number of them.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    internal bool IsOf(ParameterKey parameter) => parameter.Layer?.Operator.Name == Operator;

    // The length of a weight that is kept apart from its direction (weight_norm) is computed from it, and not drawn.
    internal override bool MayMatch(ParameterKey parameter) =>
        IsOf(parameter) && (parameter.Name == Role || (parameter.Name.StartsWith(Role + "_", StringComparison.Ordinal) && parameter.Name != "weight_g"));
}
