using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Operators;
using Dlm.Dsl.Passes;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Elaboration;

/// <summary>
/// Elaborates an objective whose networks are known: with the default arguments of all, to find what cannot fit, and with its own and its
/// networks' parameters open, to write its class. Sizes that only the networks know are left to them: each checks what flows in.
/// </summary>
internal sealed class ObjectiveElaborator(ElaborationSession session, Declaration declaration, DiagnosticBag diagnostics)
{
    /// <summary>The objective; null where it has an error, or is only a pattern whose networks are still to be given.</summary>
    public ElaboratedObjective? Elaborate()
    {
        if (ObjectiveFamily.Resolve(declaration, session, diagnostics) is not { } family || family.Base is not { Signature: not null, Body: not null }) return null;
        // What is wrong with the pattern has been said there; its members would only say it again.
        var isMember = !ReferenceEquals(family.Base, declaration.Syntax);
        if (isMember && ReferenceEquals(family.Declaration.File.Source, diagnostics.Text) && diagnostics.HasErrorIn(family.Base.Span)) return null;
        if (family.Networks.Any(n => n.Model is null)) return null;
        var bag = isMember ? new DiagnosticBag(family.Declaration.File.Source) { Instance = declaration.Name } : diagnostics;
        var before = bag.ErrorCount;
        var result = Elaborate(family, bag);
        if (isMember) diagnostics.Take(bag, family.Declaration.Name, ((ObjectiveSyntax)declaration.Syntax).Value!.Span);
        return bag.ErrorCount > before ? null : result;
    }

    private ElaboratedObjective? Elaborate(ObjectiveFamily family, DiagnosticBag bag)
    {
        if (NetworksOf(family, bag) is not { } networks) return null;
        if (Step(family, networks, isOpen: false, bag) is null || Step(family, networks, isOpen: true, bag) is not { } step) return null;
        var own = new HashSet<string>(family.Open.Select(p => p.Name), StringComparer.Ordinal);
        if (ReferenceEquals(family.Base, declaration.Syntax))
        {
            foreach (var parameter in family.Open.Where(p => p.Name[0] != '_' && !step.Used.Contains(p.Name))) bag.At(parameter.Span).UnusedParameter(parameter.Name);
        }
        var objective = new ElaboratedObjective(
            declaration.Name, declaration.Namespace, DocumentationOf(family), networks, family.Open, step.Body, step.Figures.OrderByDescending(f => f.IsLoss).ToArray(),
            step.Proofs.Checks.Where(c => IsOwn(c.Condition, own)).ToArray())
        {
            Source = family.Declaration.File.Source,
            Outputs = step.Outputs,
            InputChecks = InputBounds.Of(step.Proofs.InputChecks, step.Sizes.Keys).Where(c => c.Condition.Parameters.All(own.Contains)).ToArray(),
        };
        ObjectiveChecks.Check(objective, family.Base, bag);
        return objective;
    }

    private IReadOnlyList<string> DocumentationOf(ObjectiveFamily family) =>
        declaration.Syntax.Documentation.Count > 0 ? declaration.Syntax.Documentation : family.Base.Documentation;

    private static bool IsOwn(StaticValue condition, HashSet<string> own) =>
        condition.Parameters.Concat(Condition.SymbolsOf(condition).Select(s => s.Name)).All(name => own.Contains(name.Split('[')[0]));

    private IReadOnlyList<ObjectiveNetwork>? NetworksOf(ObjectiveFamily family, DiagnosticBag bag)
    {
        var networks = new List<ObjectiveNetwork>();
        foreach (var parameter in family.Networks)
        {
            // What is wrong with a model is said there.
            if (new BlockElaborator(session, parameter.Model!).Template(diagnostics) is not { } template)
            {
                if (parameter.Model!.File.Library is not null) bag.At(parameter.Syntax.Span).LibraryFails(parameter.Model.Name, parameter.Model.File.Path);
                else if (!diagnostics.HasErrors) bag.At(parameter.Syntax.Span).NotInLanguage($"'{parameter.Model.Name}' as a network", "It is a pattern with blocks that are not given, or has a mistake in its own file: name a model that is complete.");
                return null;
            }
            networks.Add(new ObjectiveNetwork(parameter.Name, template, parameter.IsFrozen) { Declaration = parameter.Model! });
        }
        return networks;
    }

    private sealed record ElaboratedStep(Region Body, IReadOnlyList<ObjectiveFigure> Figures, IReadOnlyList<ObjectiveOutput> Outputs, ProofContext Proofs, IReadOnlyDictionary<string, Dim> Sizes, ISet<string> Used);

    private ElaboratedStep? Step(ObjectiveFamily family, IReadOnlyList<ObjectiveNetwork> networks, bool isOpen, DiagnosticBag bag)
    {
        // What an input has open may have to be what a network takes: that is checked when a step is taken.
        var proofs = new ProofContext(bag) { IsOpen = true };
        var scope = new Scope();
        foreach (var pair in family.Fixed) scope.Declare(pair.Key, pair.Value);
        foreach (var parameter in family.Open)
        {
            if (((isOpen ? null : parameter.Default) ?? SignatureBinder.OpenValue(parameter) ?? parameter.Default) is not { } value) return null;
            scope.Declare(parameter.Name, value);
        }
        var ports = new SignaturePorts(family.Declaration.File.Source, scope, proofs);
        if (ports.BindInputs(family.Base.Signature!.Inputs, null, declaration.Name, null, bag) is not { } inputs) return null;
        if (inputs.FirstOrDefault(i => i.IsOptional) is { } optional)
        {
            bag.At(family.Base.Signature.Inputs.Span).NotInLanguage($"The optional input '{optional.Name}' of an objective", "Remove the '?': a step is given everything.");
            return null;
        }
        var objective = new ObjectiveScope(networks.Select(n => (n, ArgumentsOf(n, isOpen))).ToArray());
        var elaborator = new BodyElaborator(session, session.TableOf(family.Declaration), family.Declaration, scope, proofs) { Objective = objective, IsWithoutLayers = true };
        if (elaborator.ElaborateStep(family.Base.Body!, inputs) is not { } body) return null;
        return new ElaboratedStep(body, objective.Figures, objective.Outputs, proofs, ports.Sizes, scope.Used);
    }

    // A network's own parameters: at their defaults, or as sizes of its own.
    private IReadOnlyDictionary<string, StaticValue> ArgumentsOf(ObjectiveNetwork network, bool isOpen)
    {
        var arguments = new Dictionary<string, StaticValue>(StringComparer.Ordinal);
        foreach (var parameter in session.Resolve(network.Declaration)!.Open)
        {
            arguments[parameter.Name] = ((isOpen ? null : parameter.Default) ?? OpenValue(network, parameter) ?? parameter.Default)!;
        }
        return arguments;
    }

    private static StaticValue? OpenValue(ObjectiveNetwork network, ModelParameter parameter) =>
        SignatureBinder.OpenValue(parameter with { Name = $"{network.Name}.{parameter.Name}" });
}
