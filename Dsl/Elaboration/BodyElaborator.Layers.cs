using Dlm.Dsl.Shapes;
using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Elaboration;

/// <summary>A layer that is declared once and called more than once, each time with the same parameters.</summary>
internal sealed class SharedLayer(SyntaxToken name, NameSyntax callee, IReadOnlyList<(ArgumentSyntax Syntax, Value Value)> arguments, RegionBuilder owner)
{
    public SyntaxToken Name { get; } = name;

    public NameSyntax Callee { get; } = callee;

    public IReadOnlyList<(ArgumentSyntax Syntax, Value Value)> Arguments { get; } = arguments;

    /// <summary>The module that it belongs to.</summary>
    public RegionBuilder Owner { get; } = owner;

    /// <summary>How many stages of the module stand above its declaration; null where it is declared in a part of one.</summary>
    public int? Position { get; init; }

    /// <summary>Its first call, for which it is made.</summary>
    public Node? First { get; set; }
}

internal sealed partial class BodyElaborator
{
    /// <summary><c>layer shared = EncoderLayer(d)</c></summary>
    private bool ElaborateLayer(BindingSyntax binding, RegionBuilder builder)
    {
        var stage = binding.Value is ChainSyntax { Stages: [var only] } ? only : binding.Value;
        if (binding.Target is not NameSyntax { Token: { IsMissing: false } word } target || stage is null or MissingExpressionSyntax) return false;
        var (callee, arguments) = stage.AsCall;
        if (callee is null || binding.Type is not null)
        {
            Diagnostics.At(stage.Span).NotInLanguage("A layer of this form", "Write one stage with its arguments: layer shared = linear(64).");
            return false;
        }
        if (IsTaken(target, builder)) return false;
        var values = new List<(ArgumentSyntax Syntax, Value Value)>();
        foreach (var argument in arguments)
        {
            if (EvaluateArgument(argument.Value, builder) is not { } value) return false;
            if (value.Tensors.Count > 0)
            {
                Diagnostics.At(argument.Span).WrongArgumentKind("a layer", "what is known when the model is made", "a tensor: give it where the layer is called");
                return false;
            }
            values.Add((argument, value));
        }
        if (!TakeKey(word.Text, word.Span, builder)) return false;
        builder.DeclareLayer(new SharedLayer(word, callee, values, builder.Root) { Position = ReferenceEquals(builder, builder.Root) ? builder.Nodes.Count : null });
        return true;
    }

    private Value? ApplyShared(SharedLayer layer, NameSyntax at, IReadOnlyList<ArgumentSyntax> arguments, RegionBuilder builder, SyntaxToken? name, bool isChained)
    {
        if (name is not null)
        {
            Diagnostics.At(name.Span).NotInLanguage("A second name for a shared layer", $"Its key is '{layer.Name.Text}'.");
            return null;
        }
        if (!ReferenceEquals(builder.Root, layer.Owner) || (layer.First is null && builder.IsBranch))
        {
            Diagnostics.At(at.Span).NotInLanguage(
                $"A call of the shared layer '{layer.Name.Text}' in {(builder.IsBranch ? "a branch before any other call" : "a group or repeat, which is a module of its own")}",
                $"Call it in the body where it is declared; to run it several times, write scan i over 0..n with (h = x) {{ h = h -> {layer.Name.Text} }}.");
            return null;
        }
        var values = layer.Arguments.ToList();
        foreach (var argument in arguments)
        {
            if (EvaluateArgument(argument.Value, builder) is not { } value) return null;
            if (value is StaticItem)
            {
                Diagnostics.At(argument.Span).WrongArgumentKind(layer.Name.Text, "tensors", "a value that belongs to its declaration");
                return null;
            }
            // Tensors come first.
            values.Insert(values.Count - layer.Arguments.Count, (argument, value));
        }
        return ApplyCallee(layer.Callee, at, values, builder, null, isChained, layer);
    }

    // Every call has to find the parameters of the first.
    private bool Fits(SharedLayer layer, Node node, NameSyntax at)
    {
        if (layer.First is null)
        {
            layer.First = node;
            return true;
        }
        var (first, here) = (StateOf(layer.First), StateOf(node));
        var difference = first.Zip(here, (a, b) => (a, b)).FirstOrDefault(pair => pair.a != pair.b);
        if (difference == default && first.Length == here.Length) return true;
        Diagnostics.At(at.Span).SharedLayerDiffers(layer.Name.Text, $"first {difference.a ?? "other stages"}, here {difference.b ?? "other stages"}");
        return false;
    }

    private static string[] StateOf(Node node)
    {
        var leaves = node is ModuleNode module ? module.Body.Leaves() : [new GraphLeaf("", node, Dim.One, false)];
        return leaves.SelectMany(l => l.Node.Weights.Select(w => $"{(l.Key.Length > 0 ? l.Key + "." : "")}{w.Name} [{string.Join(", ", w.Dims.Select(d => d.ToString()))}]")).ToArray();
    }
}
