using Dlm.Dsl.Shapes;
using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Elaboration;

internal sealed partial class BodyElaborator
{
    private const string GradientName = "gradient";

    /// <summary>The networks and figures of the objective that this is the body of; null elsewhere.</summary>
    public ObjectiveScope? Objective { get; init; }

    /// <summary>Whether layers have no place here: an objective, or a function that one calls.</summary>
    public bool IsWithoutLayers { get; init; }

    /// <summary>The graph of an objective's body: a step.</summary>
    public Region? ElaborateStep(BlockBodySyntax body, IReadOnlyList<BlockInput> inputs)
    {
        var builder = new RegionBuilder(new KeyScope(countsStages: false), inputs.Select(i => i.Value!).ToArray());
        foreach (var input in inputs)
        {
            if (input.Name is not null) builder.Declare(input.Name, new TensorItem(input.Value!));
        }
        if (!ElaborateAll(body.Statements, builder)) return null;
        Objective!.NameOnlyLoss();
        builder.Flow = new TupleItem(Objective.Figures.Where(f => !f.IsOccasional).Select(f => f.Value).Concat(Objective.Outputs.Select(o => o.Value)).Select(v => (Value)new TensorItem(v)).ToArray());
        return builder.ToRegion();
    }

    // The statements that only an objective has; null where it is another.
    private bool? ElaborateObjectiveStatement(StatementSyntax statement, RegionBuilder builder)
    {
        switch (statement)
        {
            case MinimizeSyntax or UpdateSyntax or EverySyntax or BindingSyntax { Keyword.Text: "metric" or "output" } when Objective is null:
                var word = statement.Children.OfType<SyntaxToken>().First().Text;
                Diagnostics.At(statement.Span).NotInLanguage($"'{word}' outside of an objective", "What is minimised stands in an objective: objective Name(network: model) : (inputs) { ... }.");
                return false;
            case MinimizeSyntax minimize:
                return ElaborateMinimize(minimize, builder);
            case UpdateSyntax update:
                return ElaborateUpdate(update, builder);
            case EverySyntax every:
                return ElaborateEvery(every, builder);
            case BindingSyntax { Keyword.Text: "metric" } metric:
                return ElaborateMetric(metric, builder);
            case BindingSyntax { Keyword.Text: "output" } output:
                return ElaborateOutput(output, builder);
            case BindingSyntax { Keyword.Text: "param" or "layer" } owned when Objective is not null:
                Diagnostics.At(owned.Span).NotInLanguage($"A '{owned.Keyword!.Text}' in an objective", "What is trained belongs to a model, which the objective is given.");
                return false;
            default:
                return null;
        }
    }

    private bool ElaborateMinimize(MinimizeSyntax syntax, RegionBuilder builder)
    {
        var networks = new List<ObjectiveNetwork>();
        foreach (var name in syntax.Networks)
        {
            if (NetworkOf(name) is not { } network) return false;
            if (network.IsFrozen)
            {
                Diagnostics.At(name.Span).FrozenStepped(network.Name);
                return false;
            }
            if (networks.Contains(network))
            {
                Diagnostics.At(name.Span).DuplicateArgument("minimize", network.Name);
                return false;
            }
            networks.Add(network);
        }
        if (ScalarOf(syntax.Loss, builder) is not { } loss || !TryLimits(syntax.Arguments, builder, out var limits)) return false;
        Add(new MinimizeNode(networks, loss, limits, syntax.Span), builder);
        var only = syntax.Loss is ChainSyntax { Stages: [var single] } ? single : syntax.Loss;
        if (only is NameSyntax named) Objective!.AddFigure(named.Token.Text, loss, isLoss: true);
        else Objective!.AddFigure(string.Join("_", networks.Select(n => n.Name)), loss, isLoss: true, isNamed: false);
        return true;
    }

    private bool TryLimits(IReadOnlyList<ArgumentSyntax> arguments, RegionBuilder builder, out GradientLimits limits)
    {
        limits = new GradientLimits(null, null);
        foreach (var argument in arguments)
        {
            if (argument.Name is not { Text: "clip" or "clip_value" } name)
            {
                Diagnostics.At(argument.Span).UnknownArgument("minimize", argument.Name?.Text ?? argument.Value.Shown, ["clip", "clip_value"]);
                return false;
            }
            if ((name.Text == "clip" ? limits.Norm : limits.Value) is not null)
            {
                Diagnostics.At(argument.Span).DuplicateArgument("minimize", name.Text);
                return false;
            }
            if (NumberOf(argument.Value, name.Text, value => value > 0, "more than 0", builder) is not { } number) return false;
            limits = name.Text == "clip" ? limits with { Norm = number } : limits with { Value = number };
        }
        return true;
    }

    private bool ElaborateUpdate(UpdateSyntax syntax, RegionBuilder builder)
    {
        if (NetworkOf(syntax.Source) is not { } source) return false;
        var target = source;
        if (syntax.Target is not null)
        {
            if (NetworkOf(syntax.Target) is not { } other) return false;
            target = other;
            if (target == source)
            {
                Diagnostics.At(syntax.Target.Span).NotInLanguage($"A {syntax.Keyword.Text} of a network to itself", "Name another network.");
                return false;
            }
            if (DifferenceOf(source, target) is { } difference)
            {
                Diagnostics.At(syntax.Span).NetworksDiffer(syntax.Keyword.Text, source.Name, source.Model.Name, target.Name, target.Model.Name, difference);
                return false;
            }
        }
        else if (source.IsFrozen)
        {
            Diagnostics.At(syntax.Source.Span).FrozenStepped(source.Name);
            return false;
        }
        var (kind, name) = syntax.Keyword.Text switch { "copy" => (UpdateKind.Copy, ""), "ema" => (UpdateKind.Average, "the part that stays"), _ => (UpdateKind.Clamp, "the largest value") };
        StaticValue? argument = null;
        if (syntax.Argument is not null)
        {
            argument = kind == UpdateKind.Average
                ? NumberOf(syntax.Argument, name, value => value is >= 0 and <= 1, "from 0 to 1", builder)
                : NumberOf(syntax.Argument, name, value => value > 0, "more than 0", builder);
            if (argument is null) return false;
        }
        Add(new UpdateNode(kind, source, target, argument, syntax.Span), builder);
        return true;
    }

    // Of one model with its parameters open nothing can be said but that it is the same; of two, their figures at the defaults tell.
    private string? DifferenceOf(ObjectiveNetwork source, ObjectiveNetwork target)
    {
        if (source.Declaration.Equals(target.Declaration)) return null;
        var (first, second) = (KeysOf(source), KeysOf(target));
        if (first is null || second is null) return null;
        var key = first.Keys.Concat(second.Keys).FirstOrDefault(k => !first.TryGetValue(k, out var a) || !second.TryGetValue(k, out var b) || a != b);
        if (key is null) return null;
        return $"{key} is {(first.TryGetValue(key, out var left) ? left : "missing")} and {(second.TryGetValue(key, out var right) ? right : "missing")}";
    }

    private Dictionary<string, string>? KeysOf(ObjectiveNetwork network) =>
        network.StateIn(session)?.ToDictionary(s => s.Key, s => $"[{string.Join(", ", s.Weight.Dims.Select(d => d.ToString()))}]", StringComparer.Ordinal);

    private bool ElaborateEvery(EverySyntax syntax, RegionBuilder builder)
    {
        if (EvaluateStatic(syntax.Period, builder) is not { } period) return false;
        if (period is not IntValue { Dim: var steps })
        {
            Diagnostics.At(syntax.Period.Span).WrongArgumentKind("every", "a whole number of steps", period.Described);
            return false;
        }
        if (steps.Value is < 1)
        {
            Diagnostics.At(syntax.Period.Span).ArgumentOutOfRange("every", steps.ToString(), "1 or more steps");
            return false;
        }
        if (proofs.Promote(period) is { } open)
        {
            Diagnostics.At(syntax.Period.Span).ConditionOpen(syntax.Period.Shown, open);
            return false;
        }
        if (Objective!.IsOccasional)
        {
            Diagnostics.At(syntax.Keyword.Span).NotInLanguage("'every' inside of 'every'", "Write it beside the other, with the product of both.");
            return false;
        }
        var inner = builder.Part();
        var before = scope;
        scope = new Scope(scope);
        Objective.IsOccasional = true;
        var done = ElaborateAll(syntax.Statements, inner);
        Objective.IsOccasional = false;
        scope = before;
        if (!done) return false;
        inner.Flow = new TupleItem([]);
        Add(new EveryNode(period, inner.ToRegion(), syntax.Span), builder);
        return true;
    }

    private bool ElaborateMetric(BindingSyntax syntax, RegionBuilder builder)
    {
        if (syntax.Value is null || syntax.Target is not NameSyntax { Token.IsMissing: false } name) return false;
        if (IsTaken(name, builder) || ScalarOf(syntax.Value, builder) is not { } value) return false;
        if (value.Producer is not null) value.Name ??= name.Token.Text;
        builder.Declare(name.Token.Text, new TensorItem(value));
        Add(new FigureNode(name.Token.Text, value, syntax.Span), builder);
        Objective!.AddFigure(name.Token.Text, value, isLoss: false);
        return true;
    }

    private bool ElaborateOutput(BindingSyntax syntax, RegionBuilder builder)
    {
        if (syntax.Value is null || syntax.Target is not NameSyntax { Token.IsMissing: false } name) return false;
        if (Objective!.IsOccasional)
        {
            Diagnostics.At(syntax.Span).NotInLanguage("An 'output' in an 'every'", "Each step gives all outputs: write it outside of the 'every'.");
            return false;
        }
        if (IsTaken(name, builder)) return false;
        var flow = builder.Flow;
        var value = Evaluate(syntax.Value, builder);
        builder.Flow = flow;
        if (value is null) return false;
        if (value is not TensorItem { Tensor: var tensor })
        {
            Diagnostics.At(syntax.Value.Span).WrongArgumentKind(name.Token.Text, "one tensor", value is StaticItem known ? known.Value.Described : "several tensors");
            return false;
        }
        if (tensor.Producer is not null) tensor.Name ??= name.Token.Text;
        builder.Declare(name.Token.Text, value);
        Add(new FigureNode(name.Token.Text, tensor, syntax.Span), builder);
        Objective.AddOutput(name.Token.Text, tensor);
        return true;
    }

    private GraphValue? ScalarOf(ExpressionSyntax syntax, RegionBuilder builder)
    {
        var flow = builder.Flow;
        var value = Evaluate(syntax, builder);
        builder.Flow = flow;
        if (value is null) return null;
        if (value is not TensorItem { Tensor: var tensor })
        {
            Diagnostics.At(syntax.Span).WrongArgumentKind("this", "a tensor without dimensions", value is StaticItem known ? known.Value.Described : "several tensors");
            return null;
        }
        if (tensor.Type.Rank == 0 && tensor.Type.Element is ElementType.Float or ElementType.Float64) return tensor;
        Diagnostics.At(syntax.Span).NotAScalar(tensor.Type, tensor.Origin);
        return null;
    }

    private StaticValue? NumberOf(ExpressionSyntax syntax, string name, Func<double, bool> isAllowed, string needed, RegionBuilder builder)
    {
        if (EvaluateStatic(syntax, builder) is not { } value) return null;
        if (!StaticEvaluator.IsNumber(value))
        {
            Diagnostics.At(syntax.Span).WrongArgumentKind(name, "a number", value.Described);
            return null;
        }
        double? known = value is FloatValue number ? number.Value : value is IntValue { Dim.Value: { } whole } ? whole : null;
        if (known is not { } given || isAllowed(given)) return value;
        Diagnostics.At(syntax.Span).ArgumentOutOfRange(name, value.ToString()!, needed);
        return null;
    }

    private ObjectiveNetwork? NetworkOf(NameSyntax name)
    {
        if (name.Token.IsMissing) return null;
        if (Objective!.Find(name.Token.Text) is { } network) return network;
        Diagnostics.At(name.Span).UnknownName("network of the objective called", name.Token.Text, Objective.NetworkNames);
        return null;
    }

    /// <summary>A call of one of the objective's networks.</summary>
    private Value? ApplyNetwork(ObjectiveNetwork network, NameSyntax callee, IReadOnlyList<ArgumentSyntax> arguments, RegionBuilder builder, SyntaxToken? name, bool isChained)
    {
        if (name is not null)
        {
            Diagnostics.At(name.Span).NotInLanguage("A key in an objective", $"Give what it computes to a name: {name.Text} = ... -> {network.Name}.");
            return null;
        }
        var values = new List<(ArgumentSyntax Syntax, Value Value)>();
        foreach (var argument in arguments)
        {
            if (EvaluateArgument(argument.Value, builder) is not { } value) return null;
            values.Add((argument, value));
        }
        var elaborator = new BlockElaborator(session, network.Declaration);
        var binder = new PortBinder(network.Name, elaborator.Ports, false, elaborator.ParameterNames, Diagnostics);
        if (binder.Bind(callee, values, builder.Flow, isChained, builder.Given) is not { } ports) return null;
        if (ports.Arguments.Count > 0)
        {
            Diagnostics.At(ports.Arguments[0].Syntax.Span).NotInLanguage("An argument for a network that is there", "It is given where the network is made.");
            return null;
        }
        using var place = session.Enter(network.Name);
        if (elaborator.ElaborateAt(Objective!.ArgumentsOf(network), ports.Tensors, callee, proofs) is not { } elaboration) return null;
        foreach (var check in network.Model.InputChecks) proofs.Add(check.Substitute(word => AtCall(word, Objective.ArgumentsOf(network), elaboration.Sizes)));
        var node = new NetworkNode(network, elaboration.Body, ports.Tensors, OriginOf(network.Name, callee.Span), callee.Span);
        return Value.Of(Add(node, builder).Outputs);
    }

    // gradient(score, x): the penalty of Gulrajani et al. (2017) and its kin.
    private TensorItem? ApplyGradient(NameSyntax callee, IReadOnlyList<ArgumentSyntax> arguments, RegionBuilder builder)
    {
        var tensors = new List<GraphValue>();
        foreach (var argument in arguments)
        {
            if (EvaluateArgument(argument.Value, builder) is not { } value) return null;
            tensors.AddRange(value.Tensors);
        }
        if (tensors.Count != 2 || arguments.Any(a => a.Name is not null))
        {
            Diagnostics.At(callee.Span).WrongInputCount(GradientName, 2, 2, tensors.Count);
            return null;
        }
        if (tensors.FirstOrDefault(t => t.Type.Element is not (ElementType.Float or ElementType.Float64)) is { } whole)
        {
            Diagnostics.At(callee.Span).WrongElementType(GradientName, "a float tensor", whole.Type, whole.Origin, "only floats have a gradient");
            return null;
        }
        return new TensorItem(Add(new GradientNode(tensors[0], tensors[1], callee.Span, OriginOf(GradientName, callee.Span)), builder).Output);
    }

    // A buffer's next value.
    private bool Carry(NameSyntax name, GraphValue first, Value value, RegionBuilder builder)
    {
        if (value is not TensorItem { Tensor: var next })
        {
            Diagnostics.At(name.Span).WrongArgumentKind(name.Token.Text, "a tensor", value is StaticItem known ? known.Value.Described : "several tensors");
            return false;
        }
        if (!proofs.AreEqual(first.Type, next.Type, (a, b) => $"{name.Token.Text} is {a} and becomes {b}"))
        {
            Diagnostics.At(name.Span).StateChanges(name.Token.Text, first.Type, next.Type, next.Origin);
            return false;
        }
        Add(new CarryNode(name.Token.Text, next, name.Span), builder);
        builder.Declare(name.Token.Text, value);
        return true;
    }

    private bool RefusesModule(SyntaxNode at)
    {
        if (!IsWithoutLayers) return false;
        Diagnostics.At(at.Span).NotInLanguage("A group, repeat or checkpoint in an objective", "What has layers is a model, which the objective is given; other stages need no braces.");
        return true;
    }
}
