using System.Globalization;
using Dlm.Dsl.Elaboration.Recipes;
using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Emission;

/// <summary>Writes how the learning rate changes, as an expression over the runtime's schedules.</summary>
internal static class ScheduleText
{
    private const string Schedules = RecipeClass.Runtime + "Schedules.";

    /// <summary>The expression; null where the rate stays.</summary>
    public static string? Of(RecipeRate rate, IReadOnlyList<RecipeMetric> metrics)
    {
        var schedule = rate.Schedule is { } call ? Of(call, metrics) : rate.Pieces.Count > 0 ? Pieces(rate.Pieces, metrics) : null;
        if (rate.Warmup is null) return schedule;
        return $"{Schedules}ScheduleExtensions.After({schedule ?? $"new {Schedules}ConstantSchedule()"}, {Period(rate.Warmup)})";
    }

    private static string Of(RecipeCall call, IReadOnlyList<RecipeMetric> metrics) =>
        $"new {Schedules}{call.Row.Class}({string.Join(", ", ArgumentsOf(call, metrics))})";

    /// <summary>A length as the runtime's period.</summary>
    public static string Period(StaticValue length) => length switch
    {
        MeasureValue { Unit: MeasureUnit.Epochs } epochs => $"{Schedules}Period.Epochs({CSharpValues.Write(epochs.Amount)})",
        MeasureValue steps => $"{Schedules}Period.Steps({((long)steps.Amount).ToString(CultureInfo.InvariantCulture)})",
        _ => $"{Schedules}Period.Share({CSharpValues.Write(ArgumentRange.NumberOf(length))})",
    };

    /// <summary>The arguments that are given, by the runtime's names.</summary>
    public static IEnumerable<string> ArgumentsOf(RecipeCall call, IReadOnlyList<RecipeMetric> metrics)
    {
        foreach (var argument in call.Row.Arguments.Where(a => a.CSharp is not null))
        {
            if (call[argument.Name] is not { } value) continue;
            if (argument.Range == ArgumentRange.Word)
            {
                var metric = metrics.FirstOrDefault(m => m.Name == ((StringValue)value).Value);
                yield return $"{argument.CSharp}: {CSharpNames.Quote(metric?.Score ?? ((StringValue)value).Value)}";
                if (metric is not null) yield return "rising: true";
                continue;
            }
            yield return $"{argument.CSharp}: {(argument.Range == ArgumentRange.Length ? Period(value) : Plain(value))}";
        }
    }

    // 4000 steps is 4000 where nothing else than steps is meant.
    private static string Plain(StaticValue value) => value is BoolValue flag ? (flag.Value ? "true" : "false") : CSharpValues.Write(ArgumentRange.NumberOf(value));

    private static string Pieces(IReadOnlyList<RatePiece> pieces, IReadOnlyList<RecipeMetric> metrics)
    {
        var last = pieces[pieces.Count - 1];
        return last.Schedule is { } schedule ? Then(pieces.Take(pieces.Count - 1).ToArray(), last.Rate, Of(schedule, metrics)) : Stairs(pieces);
    }

    // What a schedule multiplies is the first rate.
    private static string Then(IReadOnlyList<RatePiece> before, double rate, string schedule)
    {
        if (before.Count == 0) return schedule;
        var length = new MeasureValue(before.Sum(p => p.Length!.Amount), before[0].Length!.Unit);
        var then = rate == before[0].Rate ? schedule : $"{Schedules}ScheduleExtensions.Times({schedule}, new {Schedules}ConstantSchedule({CSharpValues.Write(rate / before[0].Rate)}))";
        var first = before.Count == 1 ? $"new {Schedules}ConstantSchedule()" : Stairs(before);
        return $"{Schedules}ScheduleExtensions.Then({first}, {Period(length)}, {then})";
    }

    private static string Stairs(IReadOnlyList<RatePiece> pieces)
    {
        // The last piece goes on, however long it is said to be.
        var isPlain = pieces.All(p => p.Length is { Unit: MeasureUnit.Epochs });
        var items = pieces.Select(p => isPlain
            ? $"({CSharpValues.Write(p.Rate)}, {CSharpValues.Write(p.Length!.Amount)})"
            : $"({CSharpValues.Write(p.Rate)}, {Period(p.Length is { } length ? length : new FloatValue(1))})");
        return $"new {Schedules}PiecewiseSchedule({string.Join(", ", items)})";
    }
}
