using Dlm.Dsl.Shapes;
using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Elaboration;

internal sealed partial class BodyElaborator
{
    /// <summary>
    /// <c>checkpoint { ... }</c>: the stages have the keys that they would have without it, so that it can be put around stages and
    /// taken away as memory asks for it. With a name it is a group whose stages are checkpointed.
    /// </summary>
    private Value? EvaluateCheckpoint(GroupSyntax group, RegionBuilder outer, SyntaxToken? name)
    {
        if (RefusesModule(group)) return null;
        if (name is null) return Checkpointed(outer, group, inner => ElaborateAll(group.Body.Statements, inner));
        var module = new RegionBuilder(new KeyScope(countsStages: true), outer.Flow.Tensors.Select(t => t.AsInput()).ToArray(), outer);
        using var place = session.Enter(name.Text);
        if (Checkpointed(module, group, inner => ElaborateAll(group.Body.Statements, inner)) is not { } result) return null;
        module.Flow = result;
        return AddGroup(module, outer, name, group.Span, "group");
    }

    private Value? Checkpointed(RegionBuilder outer, GroupSyntax group, Func<RegionBuilder, bool> elaborate)
    {
        if (site is not null)
        {
            Diagnostics.At(group.Keyword!.Span).NotInLanguage("'checkpoint' in a function", "Write it around the call.");
            return null;
        }
        var inner = outer.Part();
        var before = scope;
        scope = new Scope(scope);
        var done = elaborate(inner);
        scope = before;
        if (!done) return null;
        var body = inner.ToRegion();
        if (body.Nodes.Count == 0)
        {
            Diagnostics.At(group.Span).NoStages("checkpoint");
            return null;
        }
        var inputs = body.Free().ToArray();
        return Value.Of(Add(new CheckpointNode(body, inputs, group.Span), outer).Outputs);
    }

    /// <summary><c>on cuda(1) { ... }</c>: a group whose parameters are on a device of their own.</summary>
    private Value? EvaluatePlaced(GroupSyntax group, RegionBuilder outer, SyntaxToken? name)
    {
        if (PlacementOf(group.Argument!, outer) is not { } place) return null;
        return BuildModule(group.Body.Statements, outer, group, name?.Text ?? "{ }") is { } inner ? AddGroup(inner, outer, name, group.Span, "group", place) : null;
    }

    private Placement? PlacementOf(ExpressionSyntax syntax, RegionBuilder builder)
    {
        var (name, arguments) = syntax.AsCall;
        var word = name?.Token;
        if (word is null || !Placement.Devices.Contains(word.Text))
        {
            Diagnostics.At(syntax.Span).UnknownName("device", word?.Text ?? syntax.Shown, Placement.Devices);
            return null;
        }
        if (arguments.Count == 0) return new Placement(word.Text, new IntValue(0));
        if (word.Text != "cuda" || arguments is not [{ Name: null } only])
        {
            Diagnostics.At(syntax.Span).NotInLanguage("A device of this form", "Write cpu, cuda, cuda(1) or mps.");
            return null;
        }
        if (EvaluateStatic(only.Value, builder) is not { } index) return null;
        if (index is not IntValue whole)
        {
            Diagnostics.At(only.Span).WrongArgumentKind("cuda", "the number of a device", index.Described);
            return null;
        }
        if (whole.Dim.Value is < 0)
        {
            Diagnostics.At(only.Span).ArgumentOutOfRange("cuda", index.ToString()!, "the number of a device, 0 or more");
            return null;
        }
        if (proofs.Promote(index) is not { } open) return new Placement(word.Text, index);
        Diagnostics.At(only.Span).ConditionOpen(only.Value.Shown, open);
        return null;
    }
}
