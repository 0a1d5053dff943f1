using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Syntax;
using Dlm.Dsl.Text;

namespace Dlm.Dsl.Elaboration.Recipes;

/// <summary>
/// Reads which parameters are frozen and which have settings of their own, by patterns of their keys. A pattern that matches nothing is a
/// mistake, and so is a parameter that no group has: it would never learn.
/// </summary>
internal sealed class GroupReader(RecipeReader reader, DiagnosticBag diagnostics)
{
    /// <summary>The patterns of <c>freeze</c>; null where something was reported.</summary>
    public IReadOnlyList<string>? ReadFrozen(IReadOnlyList<string> keys)
    {
        var before = diagnostics.ErrorCount;
        var frozen = new List<string>();
        foreach (var setting in reader.All("freeze"))
        {
            if (setting.Items.Count == 0 || setting.Items.Any(i => i.Name is not null || PatternOf(i.Value) is null))
            {
                reader.ReportForm(setting);
                continue;
            }
            foreach (var item in setting.Items)
            {
                var pattern = PatternOf(item.Value)!;
                if (Matches(pattern, keys, item.Value.Span)) frozen.Add(pattern);
            }
        }
        if (diagnostics.ErrorCount > before) return null;
        if (frozen.Count == 0 || keys.Any(k => !IsIn(k, frozen))) return frozen;
        diagnostics.At(reader.Find("freeze")!.Span).NothingLearns();
        return null;
    }

    /// <summary>The groups in their order; null where something was reported.</summary>
    public IReadOnlyList<RecipeGroup>? ReadGroups(IReadOnlyList<string> keys, IReadOnlyList<string> frozen)
    {
        var before = diagnostics.ErrorCount;
        var groups = new List<RecipeGroup>();
        var left = keys.Where(k => !IsIn(k, frozen)).ToList();
        foreach (var setting in reader.All("group"))
        {
            if (Read(setting) is not var (pattern, place, group) || !Matches(pattern, keys, place)) continue;
            groups.Add(group);
            if (left.RemoveAll(k => KeyGlob.MayMatch(pattern, k)) > 0) continue;
            diagnostics.At(place).PatternTaken(pattern, keys.First(k => KeyGlob.MayMatch(pattern, k)), keys.All(k => !KeyGlob.MayMatch(pattern, k) || IsIn(k, frozen)));
        }
        if (diagnostics.ErrorCount > before) return null;
        if (groups.Count == 0 || left.Count == 0) return groups;
        diagnostics.At(reader.Find("group")!.Name.Span).InNoGroup(left);
        return null;
    }

    private (string Pattern, TextSpan Place, RecipeGroup Group)? Read(SettingSyntax setting)
    {
        // group "*" alone: the rest, with the optimizer's own settings.
        if (setting.Pattern is null)
        {
            if (setting.Items is [{ Name: null, Value: var value }] && PatternOf(value) is { } all) return (all, value.Span, new RecipeGroup(all, null, null));
            reader.ReportForm(setting);
            return null;
        }
        var pattern = StaticEvaluator.Unquote(setting.Pattern.Text);
        StaticValue? rate = null, decay = null;
        foreach (var item in setting.Items)
        {
            if (item.Name is not { Text: "rate" or "decay" } name)
            {
                if (item.Name is { } unknown) diagnostics.At(unknown.Span).UnknownArgument("group", unknown.Text, ["rate", "decay"]);
                else reader.ReportForm(setting);
                return null;
            }
            if ((name.Text == "rate" ? rate : decay) is not null)
            {
                diagnostics.At(item.Span).DuplicateArgument("group", name.Text);
                return null;
            }
            if (reader.Evaluate(item.Value) is not { } value) return null;
            if (!reader.Check(name.Text, value, name.Text == "rate" ? ArgumentRange.RateOrFactor : ArgumentRange.NotNegative, item.Value.Span)) return null;
            if (name.Text == "rate") rate = value;
            else decay = value;
        }
        return (pattern, setting.Pattern.Span, new RecipeGroup(pattern, rate, decay is null ? null : ArgumentRange.NumberOf(decay)));
    }

    private bool Matches(string pattern, IReadOnlyList<string> keys, TextSpan place)
    {
        if (keys.Any(k => KeyGlob.MayMatch(pattern, k))) return true;
        diagnostics.At(place).PatternMatchesNothing(pattern, keys);
        return false;
    }

    private static bool IsIn(string key, IEnumerable<string> patterns) => patterns.Any(p => KeyGlob.MayMatch(p, key));

    private static string? PatternOf(ExpressionSyntax value) =>
        value is LiteralSyntax { Token: { Kind: SyntaxKind.String, Text: var text } } ? StaticEvaluator.Unquote(text) : null;
}
