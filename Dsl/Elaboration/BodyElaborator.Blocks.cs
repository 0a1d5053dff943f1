using System.Globalization;
using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Elaboration;

internal sealed partial class BodyElaborator
{
    /// <summary>A call of a block: a module of the block's class, or, of one that is given blocks, a module that is written here.</summary>
    private Value? ApplyBlock(
        Declaration declaration, NameSyntax callee, IReadOnlyList<(ArgumentSyntax Syntax, Value Value)> arguments, RegionBuilder builder, SyntaxToken? name, bool isChained, SharedLayer? layer)
    {
        if (IsWithoutLayers)
        {
            Diagnostics.At(callee.Span).NotInLanguage($"'{declaration.Name}', which would be a new one each step, in an objective", $"Let the objective be given it: (net: model), or (net: {declaration.Name}).");
            return null;
        }
        if (site is not null)
        {
            Diagnostics.At(callee.Span).NotInLanguage($"'{declaration.Name}', which would be a new one wherever the function is called, in a function", "Write a block, which can have parts of its own.");
            return null;
        }
        var elaborator = new BlockElaborator(session, declaration);
        // What is wrong with its head has been said there.
        if (elaborator.Base is null) return null;
        var binder = new PortBinder(declaration.Name, elaborator.Ports, false, elaborator.ParameterNames, Diagnostics);
        if (binder.Bind(callee, arguments, builder.Flow, isChained, builder.Given) is not { } ports) return null;
        if (elaborator.Bind(callee, ports.Arguments, Diagnostics) is not { } bound) return null;
        var label = layer?.Name.Text ?? name?.Text ?? (declaration.Name.Length > 1 ? char.ToLowerInvariant(declaration.Name[0]) + declaration.Name.Substring(1) : declaration.Name.ToLowerInvariant());
        if (session.IsOpen(declaration))
        {
            Diagnostics.At(callee.Span).BlockContainsItself(declaration.Name);
            return null;
        }
        if (bound.Values.OfType<BlockValue>().Any()) return ApplyPattern(elaborator, declaration, bound, ports, label, callee, builder, name, layer);
        // What is wrong with the block itself is said there, and not of every call.
        if (elaborator.Template(Diagnostics) is not { } template)
        {
            // But for a library's, which nobody else compiles here.
            if (declaration.File.Library is not null) Diagnostics.At(callee.Span).LibraryFails(declaration.Name, declaration.File.Path);
            return null;
        }
        using var place = session.Enter(name?.Text is { } stage && !char.IsDigit(stage[0]) ? stage : null);
        if (elaborator.ElaborateAt(bound, ports.Tensors, callee, proofs) is not { } elaboration) return null;
        // The constructor of the block has to be told these sizes, so they have to be known when it is made.
        foreach (var size in template.Sizes)
        {
            if (!elaboration.Sizes.ContainsKey(size))
            {
                Diagnostics.At(callee.Span).NotInLanguage($"'{declaration.Name}' without the input that gives {size}", $"A layer of it is made with {size}: give it that input.");
                return null;
            }
            if (proofs.Promote(elaboration.Sizes[size]) is not { } open) continue;
            Diagnostics.At(callee.Span).InputSizeUnknown(declaration.Name, elaboration.Sizes[size], open);
            return null;
        }
        // Of an optional input that is left out, nothing has to hold.
        bool IsThereAll(Claim check) => Condition.SymbolsOf(check.Condition).All(s => s.Kind != DimSymbolKind.Input || elaboration.Sizes.ContainsKey(s.Name));
        foreach (var check in template.InputChecks.Where(IsThereAll)) proofs.Add(check.Substitute(word => AtCall(word, bound, elaboration.Sizes)));
        var key = layer is not null ? label : builder.Keys.Next(name?.Text, label, keeps: true);
        if (layer is null && !TakeKey(key, name?.Span ?? callee.Span, builder)) return null;
        var origin = OriginOf(layer?.Name.Text ?? name?.Text ?? declaration.Name, callee.Span);
        var node = new BlockNode(template, bound, elaboration.Sizes, elaboration.Body, ports.Tensors, origin, label, key, callee.Span) { SharesWith = layer?.First };
        if (layer is not null && !Fits(layer, node, callee)) return null;
        return Value.Of(Add(node, builder).Outputs);
    }

    // A block that is given blocks becomes something else with each: its stages are a module that is written where it is called.
    private Value? ApplyPattern(
        BlockElaborator elaborator, Declaration declaration, IReadOnlyDictionary<string, StaticValue> bound, BoundPorts ports, string label, NameSyntax callee, RegionBuilder builder,
        SyntaxToken? name, SharedLayer? layer)
    {
        using var place = session.Enter(name?.Text is { } stage && !char.IsDigit(stage[0]) ? stage : null);
        if (elaborator.ElaborateAt(bound, ports.Tensors, callee, proofs) is not { } elaboration) return null;
        foreach (var size in elaboration.Promoted)
        {
            var dim = Dim.Symbol(size, DimSymbolKind.Input);
            if (proofs.Promote(dim) is not { } open) continue;
            Diagnostics.At(callee.Span).InputSizeUnknown(declaration.Name, dim, open);
            return null;
        }
        foreach (var claim in elaboration.Claims) proofs.Add(claim);
        var key = layer is not null ? label : builder.Keys.Next(name?.Text, label, keeps: true);
        if (layer is null && !TakeKey(key, name?.Span ?? callee.Span, builder)) return null;
        var node = new GroupNode(elaboration.Body, ports.Inputs, label, key, callee.Span) { Source = declaration.File.Source, SharesWith = layer?.First };
        if (layer is not null && !Fits(layer, node, callee)) return null;
        return Value.Of(Add(node, builder).Outputs);
    }

    // What a name of a block's stands for at a call: a parameter, an item of one, or a size that flows in.
    private static StaticValue? AtCall(string name, IReadOnlyDictionary<string, StaticValue> arguments, IReadOnlyDictionary<string, Dim> sizes)
    {
        if (arguments.TryGetValue(name, out var value)) return value;
        if (sizes.TryGetValue(name, out var size)) return new IntValue(size);
        var bracket = name.IndexOf('[');
        return bracket > 0 && arguments.TryGetValue(name.Substring(0, bracket), out value) && value is ListValue list
            ? list.Items[int.Parse(name.Substring(bracket + 1).TrimEnd(']'), CultureInfo.InvariantCulture)]
            : null;
    }
}
