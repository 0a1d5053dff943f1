using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Operators;
using Dlm.Dsl.Passes;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Elaboration;

/// <summary>
/// Elaborates one block or model: with everything open, from which its class is written; with the arguments and inputs of a call;
/// and, a model, with its default arguments. The same code walks the body each time.
/// </summary>
internal sealed class BlockElaborator(ElaborationSession session, Declaration declaration)
{
    /// <summary>The model or block with the body.</summary>
    public ModelSyntax? Base => Resolve()?.Base;

    /// <summary>What flows in, by name.</summary>
    public IReadOnlyList<OperatorPort> Ports => Base?.Signature?.Inputs is not { } inputs ? []
        : inputs.Single is not null ? [new OperatorPort("input")]
        : inputs.Ports.Select(p => new OperatorPort(p.Name.Text, p.Type is { IsOptional: true })).ToArray();

    /// <summary>The names of the parameters that a call can set.</summary>
    public IEnumerable<string> ParameterNames => Resolve()?.Open.Select(p => p.Name) ?? [];

    /// <summary>The arguments of a call by the names of the parameters, defaults filled in; null where one was reported.</summary>
    public IReadOnlyDictionary<string, StaticValue>? Bind(
        NameSyntax callee, IReadOnlyList<(ArgumentSyntax Syntax, StaticValue Value)> arguments, DiagnosticBag diagnostics)
    {
        return Resolve() is { } family ? CallBinder.BindParameters(declaration.Name, family.Open, callee, arguments, diagnostics) : null;
    }

    /// <summary>The block with the arguments and inputs of a call.</summary>
    public BlockElaboration? ElaborateAt(
        IReadOnlyDictionary<string, StaticValue> arguments, IReadOnlyList<GraphValue?> inputs, NameSyntax callee, ProofContext caller)
    {
        var values = string.Join(", ", arguments.Select(a => $"{a.Key}: {a.Value}"));
        var key = $"{declaration.File.Path}|{declaration.Name}({values}) {string.Join(", ", inputs.Select(i => i is null ? "-" : i.Type + (i.IsOptional ? "?" : "")))}{(caller.IsOpen ? " open" : "")} {string.Join(" and ", caller.Facts.Claims)}";
        return session.Elaborate(key, declaration, () =>
        {
            var bag = new DiagnosticBag(declaration.File.Source) { Instance = $"{session.Place} ({declaration.Name}{(values.Length > 0 ? ", " + values : "")})".TrimStart() };
            var proofs = new ProofContext(bag) { IsOpen = caller.IsOpen, CanPromote = true, Facts = caller.Facts };
            var result = Elaborate(arguments, inputs, callee, proofs, caller.Diagnostics);
            caller.Diagnostics.Take(bag, declaration.Name, callee.Span);
            return result;
        });
    }

    /// <summary>The block with everything open; null where it has an error, or a block among its parameters without a default.</summary>
    public ElaboratedBlock? Template(DiagnosticBag diagnostics) => session.Template(declaration, () =>
    {
        if (Resolve() is not { } family) return null;
        var arguments = new Dictionary<string, StaticValue>(StringComparer.Ordinal);
        var open = new List<ModelParameter>();
        foreach (var parameter in family.Open)
        {
            var openValue = SignatureBinder.OpenValue(parameter);
            if ((openValue ?? parameter.Default) is not { } value) return null;
            if (openValue is not null) open.Add(parameter);
            arguments[parameter.Name] = value;
        }
        var isOwn = ReferenceEquals(declaration.File.Source, diagnostics.Text);
        var proofs = new ProofContext(isOwn ? diagnostics : new DiagnosticBag(declaration.File.Source)) { IsOpen = true, CanPromote = !family.Base.IsModel };
        if (Elaborate(arguments, null, null, proofs, proofs.Diagnostics) is not { } result) return null;
        if (isOwn && ReferenceEquals(family.Base, declaration.Syntax))
        {
            foreach (var parameter in open.Where(p => p.Name[0] != '_' && !result.UsedParameters.Contains(p.Name))) diagnostics.At(parameter.Span).UnusedParameter(parameter.Name);
            UnusedStages.Check(result.Body, family.Base, diagnostics);
        }
        var sizes = result.Sizes.Keys.Where(proofs.IsPromoted).ToArray();
        return new ElaboratedBlock(
            declaration.Name, family.Base.IsModel, declaration.Namespace, declaration.Syntax.Documentation, open, sizes, result.Body, result.ResultNames, proofs.Checks)
        {
            InputChecks = InputBounds.Of(proofs.InputChecks, result.Sizes.Keys),
        };
    });

    /// <summary>A model's graph with its default arguments; null where it has an error or is only a pattern for a family.</summary>
    public Region? AtDefaults(DiagnosticBag diagnostics)
    {
        if (Resolve() is not { } family) return null;
        var arguments = new Dictionary<string, StaticValue>(StringComparer.Ordinal);
        foreach (var parameter in family.Open)
        {
            if ((parameter.Default ?? SignatureBinder.OpenValue(parameter)) is not { } given) return null;
            arguments[parameter.Name] = given;
        }
        using var place = session.Enter(declaration.Name);
        if (declaration.Syntax is not ModelSyntax { Value: { } value }) return Elaborate(arguments, null, null, new ProofContext(diagnostics), diagnostics)?.Body;
        // A member's body is its family's, which may stand in another file.
        var bag = new DiagnosticBag(family.Declaration.File.Source);
        var body = Elaborate(arguments, null, null, new ProofContext(bag), bag)?.Body;
        diagnostics.Take(bag, family.Declaration.Name, value.Span);
        return body;
    }

    /// <summary>A model's graph with these arguments; what is wrong with one of another file is reported where it is named.</summary>
    public Region? At(IReadOnlyDictionary<string, StaticValue> arguments, NameSyntax callee, DiagnosticBag diagnostics)
    {
        if (Resolve() is not { } family) return null;
        using var place = session.Enter(declaration.Name);
        if (ReferenceEquals(family.Declaration.File.Source, diagnostics.Text)) return Elaborate(arguments, null, null, new ProofContext(diagnostics), diagnostics)?.Body;
        var bag = new DiagnosticBag(family.Declaration.File.Source);
        var body = Elaborate(arguments, null, null, new ProofContext(bag), bag)?.Body;
        diagnostics.Take(bag, declaration.Name, callee.Span);
        return body;
    }

    private BlockElaboration? Elaborate(
        IReadOnlyDictionary<string, StaticValue> arguments, IReadOnlyList<GraphValue?>? actual, NameSyntax? callee, ProofContext proofs, DiagnosticBag callerDiagnostics)
    {
        if (Resolve() is not { } family || family.Base is not { Signature: { Outputs: { } outputs } signature, Body: { } body }) return null;
        var scope = new Scope();
        foreach (var pair in family.Fixed) scope.Declare(pair.Key, pair.Value.Substitute(name => arguments.TryGetValue(name, out var value) ? value : null));
        foreach (var pair in arguments) scope.Declare(pair.Key, pair.Value);

        var ports = new SignaturePorts(family.Declaration.File.Source, scope, proofs);
        if (ports.BindInputs(signature.Inputs, actual, declaration.Name, callee, callerDiagnostics) is not { } inputs) return null;
        if (ports.BindOutputs(outputs) is not { } promised) return null;
        var elaborator = new BodyElaborator(session, session.TableOf(family.Declaration), family.Declaration, scope, proofs);
        if (elaborator.ElaborateBody(body, inputs) is not { } region || !ports.Keeps(promised, region.Results, outputs)) return null;
        return new BlockElaboration(region, ports.Sizes, promised.Select(p => p.Name ?? "").ToArray(), scope.Used)
        {
            Promoted = proofs.Promoted.ToArray(),
            Claims = [.. proofs.Checks, .. proofs.InputChecks],
        };
    }

    private FamilyMember? Resolve() => session.Resolve(declaration);
}
