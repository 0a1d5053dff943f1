using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Operators;

namespace Dlm.Dsl.Elaboration;

/// <summary>Holds the rules of an <c>init</c> against the parameters that there are: each is for some, and fits those it is the last for.</summary>
internal sealed class InitChecker(IReadOnlyList<ParameterKey> parameters, DiagnosticBag diagnostics)
{
    /// <summary>The rules with what their layers are in C#; null where one is wrong.</summary>
    public IReadOnlyList<InitRule>? Check(IReadOnlyList<InitRule> rules)
    {
        var known = true;
        foreach (var target in rules.SelectMany(r => r.Targets).Where(t => !parameters.Any(t.MayMatch)))
        {
            known = false;
            if (target is KeyTarget key) diagnostics.At(key.Span).InitMatchesNothing(key.Pattern, parameters.Select(p => p.Shown));
            else ReportLayer((LayerTarget)target);
        }
        if (!known) return null;
        return FitsAll(rules) ? rules.Select(r => r with { Targets = r.Targets.Select(Complete).ToArray() }).ToArray() : null;
    }

    private void ReportLayer(LayerTarget target)
    {
        var layers = parameters.Select(p => p.Layer?.Operator.Name).OfType<string>().Distinct().ToArray();
        var place = diagnostics.At(target.Span);
        if (layers.Contains(target.Operator)) place.InitRoleUnknown(target.Operator, target.Role, parameters.Where(target.IsOf).Select(p => p.Name));
        else if (OperatorTable.Find(target.Operator) is not null) place.InitLayerMissing(target.Operator, layers);
        else place.InitLayerUnknown(target.Operator, layers, parameters.Any(p => p.Key.Split('.').Contains(target.Operator)));
    }

    // Of the rules for a parameter only the last draws it.
    private bool FitsAll(IReadOnlyList<InitRule> rules)
    {
        var fits = true;
        var reported = new HashSet<InitRule>();
        foreach (var parameter in parameters)
        {
            if (rules.LastOrDefault(r => r.Targets.Any(t => t.MayMatch(parameter))) is not { } rule) continue;
            var initializer = Initializers.All.First(i => i.Method == rule.Value.Method);
            if (initializer.Fits(parameter.Weight.Dims.Length) || !reported.Add(rule)) continue;
            diagnostics.At(rule.Span).InitUnfit(initializer, parameter);
            fits = false;
        }
        return fits;
    }

    private InitTarget Complete(InitTarget target)
    {
        if (target is KeyTarget key) return key with { IsParameter = parameters.Any(p => KeyGlob.IsKey(key.Pattern, p.Key)), IsModule = parameters.Any(p => KeyGlob.IsInside(key.Pattern, p.Key)) };
        var layer = (LayerTarget)target;
        var matched = parameters.Where(layer.MayMatch).ToArray();
        var isFixed = matched.All(p => p.Layer!.Operator.Group != OperatorGroup.Recurrent);
        return layer with
        {
            Classes = matched.Select(p => (p.Layer!.CSharp.Name, p.Layer.CSharp.Class is not null)).Distinct().OrderBy(c => c.Name, StringComparer.Ordinal).ToArray(),
            Names = isFixed ? matched.Select(p => p.Name).Distinct().OrderBy(n => n, StringComparer.Ordinal).ToArray() : null,
        };
    }
}
