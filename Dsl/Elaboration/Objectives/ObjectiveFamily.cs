using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Elaboration;

/// <summary>A network among the parameters of an objective.</summary>
/// <param name="Syntax">The parameter.</param>
/// <param name="Model">The model, where it is known; null for <c>net: model</c>, which a member gives.</param>
internal sealed record NetworkParameter(ParameterSyntax Syntax, Declaration? Model)
{
    public string Name => Syntax.Name.Text;

    public bool IsFrozen => Syntax.Type!.Modifier is not null;
}

/// <summary>An objective with a body, and what is given to it.</summary>
/// <param name="Declaration">The declaration with the body.</param>
/// <param name="Base">Its syntax.</param>
/// <param name="Networks">The networks.</param>
/// <param name="Fixed">The parameters that a member gives a value.</param>
/// <param name="Open">The parameters that remain.</param>
internal sealed record ObjectiveFamily(
    Declaration Declaration, ObjectiveSyntax Base, IReadOnlyList<NetworkParameter> Networks, IReadOnlyDictionary<string, StaticValue> Fixed, IReadOnlyList<ModelParameter> Open)
{
    /// <summary>Follows <c>objective MnistGame = AdversarialGame(Generator, Discriminator)</c> to the objective with the body.</summary>
    public static ObjectiveFamily? Resolve(Declaration declaration, ElaborationSession session, DiagnosticBag diagnostics) =>
        Resolve(declaration, session, diagnostics, []);

    private static ObjectiveFamily? Resolve(Declaration declaration, ElaborationSession session, DiagnosticBag diagnostics, HashSet<Declaration> followed)
    {
        if (declaration.Syntax is not ObjectiveSyntax syntax) return null;
        if (!followed.Add(declaration))
        {
            diagnostics.At(syntax.Name.Span).BlockContainsItself(declaration.Name);
            return null;
        }
        return syntax.Value is null ? WithBody(declaration, syntax, session, diagnostics) : Member(declaration, syntax, session, diagnostics, followed);
    }

    private static ObjectiveFamily? WithBody(Declaration declaration, ObjectiveSyntax syntax, ElaborationSession session, DiagnosticBag diagnostics)
    {
        var table = session.TableOf(declaration);
        var items = syntax.Parameters?.Items ?? [];
        if (SignaturePorts.ReportTwins(items, diagnostics)) return null;
        var networks = new List<NetworkParameter>();
        var others = new List<ParameterSyntax>();
        foreach (var item in items)
        {
            if (item.Type is not { Name: { IsMissing: false } type } || !(type.Text == "model" || item.Type.Modifier is not null || char.IsUpper(type.Text[0])))
            {
                others.Add(item);
                continue;
            }
            if (item.Type.Dimensions is not null || item.Type.IsOptional || item.Default is not null)
            {
                diagnostics.At(item.Span).NotInLanguage("A network of this form", $"Write {item.Name.Text}: model, {item.Name.Text}: frozen model, or {item.Name.Text}: and the name of a model.");
                return null;
            }
            if (type.Text == "model") networks.Add(new NetworkParameter(item, null));
            else if (ModelOf(new NameSyntax(type), table, diagnostics) is { } model) networks.Add(new NetworkParameter(item, model));
            else return null;
        }
        return new SignatureBinder(diagnostics).BindParameters(others) is { } own
            ? new ObjectiveFamily(declaration, syntax, networks, new Dictionary<string, StaticValue>(StringComparer.Ordinal), own)
            : null;
    }

    private static ObjectiveFamily? Member(Declaration declaration, ObjectiveSyntax syntax, ElaborationSession session, DiagnosticBag diagnostics, HashSet<Declaration> followed)
    {
        if (syntax.Parameters is not null)
        {
            diagnostics.At(syntax.Parameters.Span).NotInLanguage("Parameters of an objective that stands for another", "Those that are not given stay open: leave them out here.");
            return null;
        }
        var (callee, arguments) = syntax.Value!.AsCall;
        if (callee is null)
        {
            if (syntax.Value is not MissingExpressionSyntax) diagnostics.At(syntax.Value.Span).NotInLanguage("An objective of this form", "Write objective Name = Other(Network, ...).");
            return null;
        }
        var table = session.TableOf(declaration);
        if (table.Find(callee.Token.Text) is not { Syntax: ObjectiveSyntax } target)
        {
            table.ReportMissing(callee, "objective", table.Objectives, diagnostics);
            return null;
        }
        var bag = ReferenceEquals(target.File, declaration.File) ? diagnostics : new DiagnosticBag(target.File.Source);
        return Resolve(target, session, bag, followed) is { } family ? family.With(callee, arguments, table, diagnostics) : null;
    }

    private ObjectiveFamily? With(NameSyntax callee, IReadOnlyList<ArgumentSyntax> arguments, DeclarationTable table, DiagnosticBag diagnostics)
    {
        var values = new List<(ArgumentSyntax Syntax, StaticValue Value)>();
        foreach (var argument in arguments)
        {
            var isModel = argument.Value is NameSyntax { Token.Text: var word } && table.Find(word) is { Syntax: ModelSyntax };
            var value = isModel
                ? ModelOf((NameSyntax)argument.Value, table, diagnostics) is { } model ? new BlockValue(model) : null
                : new StaticEvaluator(new Scope(), diagnostics).Evaluate(argument.Value);
            if (value is null) return null;
            values.Add((argument, value));
        }
        var needed = Networks.Where(n => n.Model is null).ToArray();
        if (CallBinder.Match(callee.Token.Text, [.. needed.Select(n => n.Name), .. Open.Select(p => p.Name)], values, diagnostics) is not { } matched) return null;
        if (needed.FirstOrDefault(n => !matched.ContainsKey(n.Name)) is { } missing)
        {
            diagnostics.At(callee.Span).MissingArgument(callee.Token.Text, missing.Name, $"write {callee.Token.Text}({string.Join(", ", needed.Select(n => n.Name))}) with a model for each");
            return null;
        }
        foreach (var network in needed)
        {
            var (value, span) = matched[network.Name];
            if (value is BlockValue) continue;
            diagnostics.At(span).WrongArgumentKind(network.Name, "a model", value.Described);
            return null;
        }
        var known = Fixed.ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);
        foreach (var parameter in Open.Where(p => matched.ContainsKey(p.Name)))
        {
            var (value, span) = matched[parameter.Name];
            if (SignatureBinder.Convert(parameter.Type, parameter.Length, value) is not { } converted)
            {
                diagnostics.At(span).WrongArgumentKind(parameter.Name, SignatureBinder.KindOf(parameter.Type, parameter.Length), value.Described);
                return null;
            }
            known[parameter.Name] = converted;
        }
        return this with
        {
            Networks = Networks.Select(n => n.Model is null ? n with { Model = ((BlockValue)matched[n.Name].Value).Declaration } : n).ToArray(),
            Fixed = known,
            Open = Open.Where(p => !known.ContainsKey(p.Name)).ToArray(),
        };
    }

    private static Declaration? ModelOf(NameSyntax name, DeclarationTable table, DiagnosticBag diagnostics)
    {
        var text = name.Token.Text;
        if (table.Find(text) is { Syntax: ModelSyntax { IsModel: true } } model) return model;
        if (table.Find(text) is { Syntax: ModelSyntax }) diagnostics.At(name.Span).NotInLanguage($"The block '{text}' as a network", "A block is a part of models. Make it a model, or write a model around it.");
        else table.ReportMissing(name, "model", table.Models.Append("model"), diagnostics);
        return null;
    }
}
