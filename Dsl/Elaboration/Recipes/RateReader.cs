using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Elaboration.Recipes;

/// <summary>Reads the learning rate: a number, numbers one after another, or a schedule; and how long the run is, which may follow from it.</summary>
internal sealed class RateReader(RecipeReader reader, DiagnosticBag diagnostics)
{
    private const string Setting = "rate";

    /// <summary>The rate; null where something was reported.</summary>
    public RecipeRate? Read(RecipeCall? optimizer)
    {
        if (reader.Find(Setting) is not { } setting) return reader.Has(Setting) ? null : OfOptimizer(optimizer);
        if (optimizer?.Spans.TryGetValue(OptimizerRows.Rate, out var twice) == true)
        {
            diagnostics.At(twice).SettingsDisagree($"The rate is set on line {diagnostics.Text.LineOf(setting.Span.Start) + 1} already. Remove it here or there.");
            return null;
        }
        var items = setting.Items.Where(i => i.Name is null).ToArray();
        if (items is [{ Value: NameSyntax or CallSyntax }] && setting.Items.Count == 1) return OfSchedule(items[0].Value, setting);
        return items.Length == 0 || items.Take(items.Length - 1).Any(i => i.Value is NameSyntax or CallSyntax) ? Reported(setting) : OfPieces(items, setting);
    }

    /// <summary>How long the run is; null where something was reported.</summary>
    public MeasureValue? ReadLength(RecipeRate? rate, TrainSyntax recipe)
    {
        var (epochs, steps) = (reader.Value("epochs", ArgumentRange.Count), reader.Value("steps", ArgumentRange.Steps));
        if (reader.Find("epochs") is not null && reader.Find("steps") is { } other)
        {
            diagnostics.At(other.Span).SettingsDisagree("The length of the run is set twice, in epochs and in steps. Remove one.");
            return null;
        }
        var set = epochs is not null ? new MeasureValue(ArgumentRange.NumberOf(epochs), MeasureUnit.Epochs)
            : steps is not null ? new MeasureValue(ArgumentRange.NumberOf(steps), MeasureUnit.Steps) : null;
        // What is wrong with either has been said.
        if (set is null && (reader.Has("epochs") || reader.Has("steps") || rate is null)) return null;
        if ((set ?? rate?.Length) is not { } length)
        {
            diagnostics.At(recipe.Name.Span).MissingSetting(recipe.Name.Text, "says how long to train", "epochs 90", "a rate such as 0.1 * 60, 0.01 * 30, from which it follows");
            return null;
        }
        return rate is null || Fits(rate, length, set is not null) ? length : null;
    }

    // 140 epochs of rates in a run of 100, a rise longer than the run.
    private bool Fits(RecipeRate rate, MeasureValue run, bool isSet)
    {
        var span = (reader.Find(Setting) ?? reader.Find("optimizer"))!.Span;
        if (!isSet && (run.Amount > int.MaxValue || run.Amount % 1 != 0))
        {
            diagnostics.At(span).SettingsDisagree($"The rates last {run} together; a run has a whole number of them, up to 2_147_483_647.");
            return false;
        }
        if (isSet && rate.Length is { } pieces && pieces.Unit == run.Unit && pieces.Amount != run.Amount)
        {
            diagnostics.At(span).SettingsDisagree($"The rates last {pieces} together, and the run {run}. Make them equal, leave the length of the last rate out, or remove '{(run.Unit == MeasureUnit.Epochs ? "epochs" : "steps")}'.");
            return false;
        }
        var warmup = rate.Warmup ?? (rate.Schedule?[ScheduleRows.Warmup] is { } own ? own as MeasureValue ?? new MeasureValue(ArgumentRange.NumberOf(own), MeasureUnit.Steps) : null);
        var isAll = warmup is MeasureValue rise ? rise.Unit == run.Unit && rise.Amount >= run.Amount : ArgumentRange.NumberOf(warmup) >= 1;
        if (!isAll) return true;
        diagnostics.At(span).SettingsDisagree($"The warm-up lasts {(warmup is MeasureValue ? warmup.ToString() : "the whole run")}, and the run {run}: the highest rate is never reached. Make it shorter.");
        return false;
    }

    private RecipeRate? OfOptimizer(RecipeCall? optimizer)
    {
        if (optimizer is null) return null;
        if (optimizer.Number(OptimizerRows.Rate) is { } own) return new RecipeRate(own, [], null, null);
        if (optimizer.Row.Arguments.First(a => a.Name == OptimizerRows.Rate).Default is { } usual) return new RecipeRate(usual, [], null, null);
        diagnostics.At(optimizer.Span).MissingArgument(optimizer.Row.Name, OptimizerRows.Rate, $"write a line such as rate 0.1, or {optimizer.Row.Name}(rate: 0.1)");
        return null;
    }

    private RecipeRate? OfSchedule(ExpressionSyntax expression, SettingSyntax setting)
    {
        if (reader.Call(expression, "schedule", ScheduleRows.All, setting) is not { } call) return null;
        if (call.Row.Arguments.FirstOrDefault(a => a.IsRequired && call[a.Name] is null) is { } missing)
        {
            diagnostics.At(call.Span).MissingArgument(call.Row.Name, missing.Name, $"write {call.Row.Example}");
            return null;
        }
        var isOwnRise = call.Row.Arguments.Any(a => a is { Name: ScheduleRows.Warmup, CSharp: not null });
        if (isOwnRise) return new RecipeRate(call.Number("rate") ?? 1, [], call, null);
        if (call.Number("rate") is { } rate) return new RecipeRate(rate, [], call, call[ScheduleRows.Warmup]);
        diagnostics.At(call.Span).MissingArgument(call.Row.Name, "rate", $"it begins with the highest rate, {call.Row.Name}(0.1)");
        return null;
    }

    private RecipeRate? OfPieces(IReadOnlyList<ArgumentSyntax> items, SettingSyntax setting)
    {
        var named = setting.Items.Where(i => i.Name is not null).ToArray();
        if (named.FirstOrDefault(i => i.Name!.Text != ScheduleRows.Warmup) is { } unknown)
        {
            diagnostics.At(unknown.Name!.Span).UnknownArgument(Setting, unknown.Name.Text, [ScheduleRows.Warmup]);
            return null;
        }
        if (named.Length > 1)
        {
            diagnostics.At(named[1].Span).DuplicateArgument(Setting, ScheduleRows.Warmup);
            return null;
        }
        StaticValue? warmup = null;
        if (named is [var rise] && ((warmup = reader.Evaluate(rise.Value)) is null || !reader.Check(ScheduleRows.Warmup, warmup, ArgumentRange.Length, rise.Value.Span))) return null;
        var pieces = new List<RatePiece>();
        foreach (var item in items)
        {
            if (PieceOf(item.Value, item == items[items.Count - 1], setting) is not { } piece) return null;
            pieces.Add(piece);
        }
        if (pieces.FirstOrDefault(p => p.Schedule is not null) is { } changing && !Follows(changing, pieces)) return null;
        return pieces is [{ Length: null } only] ? new RecipeRate(only.Rate, [], only.Schedule, warmup) : new RecipeRate(pieces[0].Rate, pieces, null, warmup);
    }

    // A schedule is the way from the last of the rates on, and has to know when that is.
    private bool Follows(RatePiece changing, IReadOnlyList<RatePiece> pieces)
    {
        var (call, before) = (changing.Schedule!, pieces.TakeWhile(p => p != changing).ToArray());
        var what = changing != pieces[pieces.Count - 1] ? $"Nothing follows '{call.Row.Name}': it goes on to the end of the run. Put it last."
            : before.Select(p => p.Length!.Unit).Distinct().Skip(1).Any() ? $"The rates before '{call.Row.Name}' last epochs and steps. Count them alike."
            : null;
        if (what is not null) diagnostics.At(call.Span).SettingsDisagree(what);
        return what is null;
    }

    // 0.1 * 80, 0.1 * 32_000 steps, linear(0.1) * 80; the last may go without its length.
    private RatePiece? PieceOf(ExpressionSyntax expression, bool isLast, SettingSyntax setting)
    {
        var isPair = expression is BinarySyntax { Operator.Kind: SyntaxKind.Star };
        if (!isPair && !isLast)
        {
            diagnostics.At(expression.Span).SettingForm(Setting, "rate 0.1 * 80, 0.01 * 40: each rate times how many epochs, or steps, it lasts");
            return null;
        }
        var rateSyntax = isPair ? ((BinarySyntax)expression).Left : expression;
        RecipeRate? changing = null;
        if (rateSyntax is NameSyntax or CallSyntax && (changing = OfPart(rateSyntax, setting)) is null) return null;
        StaticValue? rate = null;
        if (changing is null && ((rate = reader.Evaluate(rateSyntax)) is null || !reader.Check(Setting, rate, ArgumentRange.Positive, rateSyntax.Span))) return null;
        var highest = changing?.Highest ?? ArgumentRange.NumberOf(rate);
        if (!isPair) return new RatePiece(highest, null, changing?.Schedule);
        var lengthSyntax = ((BinarySyntax)expression).Right;
        if (reader.Evaluate(lengthSyntax) is not { } length) return null;
        // A plain number counts epochs.
        if (length is IntValue or FloatValue) length = new MeasureValue(ArgumentRange.NumberOf(length), MeasureUnit.Epochs);
        if (!reader.Check("the length of a rate", length, ArgumentRange.Length, lengthSyntax.Span)) return null;
        return new RatePiece(highest, (MeasureValue)length, changing?.Schedule);
    }

    // A schedule among rates goes down from one; the rise before all of them is the setting's own.
    private RecipeRate? OfPart(ExpressionSyntax expression, SettingSyntax setting)
    {
        if (OfSchedule(expression, setting) is not { } rate) return null;
        var call = rate.Schedule!;
        if (rate.Warmup is null && call.Row.Arguments.Any(a => a is { Name: ScheduleRows.Warmup, CSharp: null })) return rate;
        diagnostics.At(call.Span).SettingsDisagree(rate.Warmup is not null
            ? $"'{call.Row.Name}' goes on from another rate, so it does not rise. Write the warmup behind the rates: rate 0.1 * 80, {call.Row.Name}(0.1) * 40, warmup: 5 epochs."
            : $"'{call.Row.Name}' rises by itself, so it is no way on from another rate. Let it stand alone, or write linear(0.1) or cosine(0.1).");
        return null;
    }

    private RecipeRate? Reported(SettingSyntax setting)
    {
        reader.ReportForm(setting);
        return null;
    }
}
