using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Elaboration;

internal sealed partial class BodyElaborator
{
    /// <summary>A function has no parameters of its own, so a call of it is its body with the arguments in their places.</summary>
    private Value? ApplyFunction(Declaration declaration, FunctionSyntax function, NameSyntax callee, IReadOnlyList<ArgumentSyntax> arguments, RegionBuilder builder, bool isChained)
    {
        if (session.IsOpen(declaration))
        {
            Diagnostics.At(callee.Span).BlockContainsItself(declaration.Name);
            return null;
        }
        if (BindFunction(declaration, function, callee, arguments, builder, isChained) is not { } bound) return null;

        var inner = new RegionBuilder(builder.Keys, [], isModule: false) { Nodes = builder.Nodes, Flow = builder.Flow };
        var names = new Scope();
        foreach (var (name, value) in bound)
        {
            if (value is StaticItem known) names.Declare(name, known.Value);
            else inner.Declare(name, value);
        }
        var bag = new DiagnosticBag(declaration.File.Source);
        var body = new BodyElaborator(session, session.TableOf(declaration), declaration, names, proofs.Reporting(bag), site ?? (callee.Span, text)) { IsWithoutLayers = IsWithoutLayers };
        using var open = session.Enter(declaration);
        var result = body.Evaluate(function.Body!, inner);
        Diagnostics.Take(bag, declaration.Name, callee.Span, isFunction: true);
        return result;
    }

    /// <summary>A call of a function that is written in C#: its declaration is its shape rule.</summary>
    private TensorItem? ApplyExtern(
        Declaration declaration, FunctionSyntax syntax, NameSyntax callee, IReadOnlyList<(ArgumentSyntax Syntax, Value Value)> arguments, RegionBuilder builder, bool isChained)
    {
        // What is wrong with its declaration is said there.
        if (ExternFunction.Declare(declaration, syntax, new DiagnosticBag(declaration.File.Source)) is not { } function) return null;
        var tensors = ExternFunction.Split(syntax).Tensors;
        var ports = tensors.Select(t => new OperatorPort(t.Name.Text, t.Type is { IsOptional: true })).ToArray();
        var binder = new PortBinder(declaration.Name, ports, false, function.Parameters.Select(p => p.Name), Diagnostics);
        if (binder.Bind(callee, arguments, builder.Flow, isChained, builder.Given) is not { } bound) return null;
        if (CallBinder.BindParameters(declaration.Name, function.Parameters, callee, bound.Arguments, Diagnostics) is not { } values) return null;
        var names = new Scope();
        foreach (var pair in values) names.Declare(pair.Key, pair.Value);
        var signature = new SignaturePorts(declaration.File.Source, names, proofs);
        if (signature.BindInputs(tensors, bound.Tensors, declaration.Name, callee, Diagnostics) is null || signature.BindResult(syntax.Result!) is not { } type) return null;
        var node = new ExternNode(function, bound.Tensors, function.Parameters.Select(p => values[p.Name]).ToArray(), type, PlaceOf(callee.Span), OriginOf(declaration.Name, callee.Span));
        return ShowsSizes(node, callee.Span, builder) ? new TensorItem(Add(node, builder).Output) : null;
    }

    // x -> f(args) is f(x, args), and (x, y) -> f(args) is f(x, y, args): where one argument is missing, what flows is the first.
    private IReadOnlyList<(string Name, Value Value)>? BindFunction(
        Declaration declaration, FunctionSyntax function, NameSyntax callee, IReadOnlyList<ArgumentSyntax> arguments, RegionBuilder builder, bool isChained)
    {
        var parameters = function.Parameters?.Items ?? [];
        if (isChained && parameters.Count == 0)
        {
            Diagnostics.At(callee.Span).TooManyArguments(declaration.Name, 0);
            return null;
        }
        var given = new Dictionary<string, Value>(StringComparer.Ordinal);
        var required = parameters.Count(p => p.Default is null);
        var flows = builder.Flow is TensorItem && (isChained || (arguments.Count < parameters.Count && arguments.Count(a => a.Name is null) < required));
        IReadOnlyList<Value> flowing = flows ? [builder.Flow] : isChained && builder.Flow is TupleItem tuple ? tuple.Items : [];
        if (flowing.Count > parameters.Count)
        {
            Diagnostics.At(callee.Span).TooManyArguments(declaration.Name, parameters.Count);
            return null;
        }
        for (var i = 0; i < flowing.Count; i++) given[parameters[i].Name.Text] = flowing[i];
        for (var i = 0; i < arguments.Count; i++)
        {
            var index = i + flowing.Count;
            var name = arguments[i].Name?.Text ?? (index < parameters.Count ? parameters[index].Name.Text : null);
            if (name is null)
            {
                Diagnostics.At(arguments[i].Span).TooManyArguments(declaration.Name, parameters.Count);
                return null;
            }
            if (parameters.All(p => p.Name.Text != name))
            {
                Diagnostics.At(arguments[i].Name!.Span).UnknownArgument(declaration.Name, name, parameters.Select(p => p.Name.Text));
                return null;
            }
            if (given.ContainsKey(name))
            {
                Diagnostics.At(arguments[i].Span).DuplicateArgument(declaration.Name, name);
                return null;
            }
            if (EvaluateArgument(arguments[i].Value, builder) is not { } value) return null;
            given[name] = value;
        }
        foreach (var parameter in parameters.Where(p => !given.ContainsKey(p.Name.Text)))
        {
            StaticValue? value = null;
            if (parameter.Default is not null && (value = new StaticEvaluator(new Scope(), Diagnostics).Evaluate(parameter.Default)) is null) return null;
            if (value is null)
            {
                Diagnostics.At(callee.Span).MissingArgument(declaration.Name, parameter.Name.Text, $"write {declaration.Name}({string.Join(", ", parameters.Select(p => p.Name.Text))})");
                return null;
            }
            given[parameter.Name.Text] = new StaticItem(value);
        }
        return parameters.Select(p => (p.Name.Text, given[p.Name.Text])).ToArray();
    }
}
