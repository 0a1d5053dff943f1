using System.Globalization;
using Dlm.Dsl.Diagnostics;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Elaboration;

internal sealed partial class BodyElaborator
{
    private static readonly string[] ImageSizes = ["B", "C", "H", "W"];
    private static readonly string[] SequenceSizes = ["B", "T", "D"];

    /// <summary>
    /// A repeat is unrolled where everything is known, so that each turn is checked with its own sizes; where a class is written it
    /// stays a loop.
    /// </summary>
    private Value? EvaluateRepeat(RepeatSyntax repeat, RegionBuilder builder, SyntaxToken? name)
    {
        if (RefusesModule(repeat)) return null;
        if (RangeOf(repeat.Range, "repeat", builder) is not { } range) return null;
        if (builder.Flow is not TensorItem flow)
        {
            Diagnostics.At(repeat.Span).WrongInputCount("repeat", 1, 1, builder.Flow.Tensors.Count);
            return null;
        }
        var known = range.Start.Value is not null && range.End.Value is not null;
        if (repeat.IsInline && !known)
        {
            ReportInlineOpen(repeat, range);
            return null;
        }
        if (known && range.End.Value <= range.Start.Value)
        {
            if (repeat.IsInline) return flow;
            // No turn: what flows in flows out.
            builder.Keys.Next(name?.Text, "repeat", keeps: false);
            return flow;
        }
        if (known && range.End.Value - range.Start.Value > ElaborationSession.MostTurns)
        {
            throw new TooLargeException($"has a repeat of more than {ElaborationSession.MostTurns} turns", "Make it smaller");
        }
        if (repeat.IsInline) return Inline(repeat, range.Start.Value!.Value, range.End.Value!.Value, builder, name);
        if (known && !proofs.IsOpen) return Unroll(repeat, range.Start.Value!.Value, range.End.Value!.Value, builder, name);
        // The constructor makes the turns, so it has to know how many there are.
        if ((proofs.Promote(range.Start) ?? proofs.Promote(range.End)) is { } open)
        {
            Diagnostics.At(repeat.Range.Span).ConditionOpen(repeat.Range.Shown, open);
            return null;
        }
        return Loop(repeat, range, flow.Tensor, builder, name);
    }

    private (Dim Start, Dim End)? RangeOf(ExpressionSyntax syntax, string word, RegionBuilder builder)
    {
        var (start, end) = syntax is BinarySyntax { Operator.Kind: SyntaxKind.DotDot } range
            ? (EvaluateStatic(range.Left, builder), EvaluateStatic(range.Right, builder))
            : (new IntValue(0), EvaluateStatic(syntax, builder));
        if (start is null || end is null) return null;
        if (start is IntValue a && end is IntValue b) return (a.Dim, b.Dim);
        Diagnostics.At(syntax.Span).WrongArgumentKind(word, "a count, or a range such as 0..n", (start is IntValue ? end : start).Described);
        return null;
    }

    // The stages of each turn are stages here, so that their keys go on from those before.
    private Value? Inline(RepeatSyntax repeat, long start, long end, RegionBuilder builder, SyntaxToken? name)
    {
        if (name is not null || repeat.TurnName is not null)
        {
            Diagnostics.At((name ?? repeat.TurnName)!.Span).NotInLanguage("A name for an inline repeat", "Its stages are called as those around it are: take the name away, or the word 'inline'.");
            return null;
        }
        for (var i = start; i < end; i++)
        {
            var outer = scope;
            scope = new Scope(scope);
            if (repeat.Variable is { } variable) scope.Declare(variable.Text, new IntValue(i));
            var turn = builder.More();
            using var place = proofs.IsOpen ? null : session.Enter($"[{i}]");
            var done = ElaborateAll(repeat.Body.Statements, turn);
            scope = outer;
            if (!done) return null;
            builder.Flow = turn.Flow;
        }
        return builder.Flow;
    }

    // What a family leaves to its members they decide: until then there are no keys, and no class.
    private void ReportInlineOpen(RepeatSyntax repeat, (Dim Start, Dim End) range)
    {
        var parameters = owner.Syntax is ModelSyntax { IsModel: true, Parameters.Items: { } all } ? all : null;
        var open = range.Start.Symbols.Concat(range.End.Symbols).Select(s => s.Name.Split('[')[0]);
        if (parameters is not null && open.All(symbol => parameters.Any(p => p.Name.Text == symbol && p.Default is null))) return;
        Diagnostics.At(repeat.Range.Span).NotInLanguage("An inline repeat whose count is open", "The keys of all that follows depend on it: write the number, or make it a parameter without a default that members of a family give.");
    }

    // Each turn is a stage called by its number.
    private Value? Unroll(RepeatSyntax repeat, long start, long end, RegionBuilder builder, SyntaxToken? name)
    {
        var inner = new RegionBuilder(new KeyScope(countsStages: true), builder.Flow.Tensors.Select(t => t.AsInput()).ToArray(), builder);
        using var place = session.Enter(name?.Text);
        for (var i = start; i < end; i++)
        {
            if (!ElaborateTurn(repeat, new IntValue(i), i - start, inner)) return null;
        }
        return AddGroup(inner, builder, name, repeat.Span, "repeat");
    }

    // A turn of one unnamed stage is that stage; one of several is a group of them. The turns of repeat { checkpoint { ... } } have
    // the keys that they have without.
    private bool ElaborateTurn(RepeatSyntax repeat, IntValue counter, long turn, RegionBuilder inner, bool asGroup = false)
    {
        if (repeat.Body.Statements is not [FlowStatementSyntax { Expression: GroupSyntax { Keyword.Text: "checkpoint" } group }])
        {
            return ElaborateTurn(repeat, repeat.Body.Statements, counter, turn, inner, asGroup);
        }
        if (Checkpointed(inner, group, part => ElaborateTurn(repeat, group.Body.Statements, counter, turn, part, asGroup)) is not { } result) return false;
        inner.Flow = result;
        return true;
    }

    private bool ElaborateTurn(RepeatSyntax repeat, IReadOnlyList<StatementSyntax> statements, IntValue counter, long turn, RegionBuilder inner, bool asGroup)
    {
        var outer = scope;
        scope = new Scope(scope);
        if (repeat.Variable is { } variable) scope.Declare(variable.Text, counter);
        // Turns with a name count as the file does, others from zero, as PyTorch's lists do.
        var number = turn.ToString(CultureInfo.InvariantCulture);
        var key = repeat.TurnName is { IsMissing: false } prefix ? prefix.Text + (counter.Dim.Value?.ToString(CultureInfo.InvariantCulture) ?? number) : number;
        var label = new SyntaxToken(SyntaxKind.Identifier, "", key, repeat.Span.Start, false);
        Value? result = null;
        using var place = proofs.IsOpen ? null : session.Enter($"[{counter}]");
        var (restore, before) = (inner.Keys.Mark(), inner.Nodes.Count);
        var isGroup = asGroup || statements is not [FlowStatementSyntax { Expression: NameSyntax or CallSyntax { Callee: NameSyntax } or GroupSyntax { Keyword.Text: "on" } }];
        if (!isGroup)
        {
            result = Evaluate(((FlowStatementSyntax)statements[0]).Expression, inner, label);
            // What the arguments of a stage compute needs a place in the turn: both are a group then, here as in the class.
            isGroup = result is not null && !proofs.IsOpen && inner.Nodes.Count > before + 1;
            if (isGroup)
            {
                inner.Nodes.RemoveRange(before, inner.Nodes.Count - before);
                restore();
            }
        }
        if (isGroup)
        {
            result = BuildModule(statements, inner, repeat, "repeat") is { } body
                ? AddGroup(body, inner, label, repeat.Span, "repeat")
                : null;
        }
        scope = outer;
        if (result is null) return false;
        inner.Flow = result;
        return true;
    }

    private TensorItem? Loop(RepeatSyntax repeat, (Dim Start, Dim End) range, GraphValue input, RegionBuilder builder, SyntaxToken? name)
    {
        // What changes in a turn is a size of its own in the loop; what does not stays as it is.
        var carried = new Dim?[input.Type.Rank];
        for (var attempt = 0; attempt <= 1; attempt++)
        {
            var entering = input.Type.WithDims(input.Type.Dims.Select((d, i) => carried[i] ?? d));
            var inner = new RegionBuilder(new KeyScope(countsStages: true), [input.AsInput(entering)], builder);
            var counter = CounterOf(repeat);
            var before = proofs.Facts;
            if (!ElaborateTurn(repeat, new IntValue(Dim.Symbol(counter, DimSymbolKind.Loop)), 0, inner)) return null;
            if (TurnOf(inner.Nodes) is not [ModuleNode or RepeatNode or OperatorNode { IsLayer: true }])
            {
                // A turn without a module of its own becomes a group, so that the loop runs over modules alone.
                inner = new RegionBuilder(new KeyScope(countsStages: true), [input.AsInput(entering)], builder);
                if (!ElaborateTurn(repeat, new IntValue(Dim.Symbol(counter, DimSymbolKind.Loop)), 0, inner, asGroup: true)) return null;
            }
            proofs.Facts = before;
            if (inner.Flow is not TensorItem { Tensor: var result } || result.Type.Rank != input.Type.Rank)
            {
                Diagnostics.At(repeat.Body.Span).TurnChangesRank(input.Type, inner.Flow.Tensors.Select(t => t.Type).FirstOrDefault());
                return null;
            }
            var changed = false;
            for (var i = 0; i < carried.Length; i++)
            {
                if (carried[i] is not null || proofs.Facts.AreEqual(result.Type[i], entering[i])) continue;
                carried[i] = Dim.Symbol(FreshSize(i, input.Type.Rank, carried, input.Type), DimSymbolKind.Loop);
                changed = true;
            }
            if (changed) continue;

            var sizes = carried.Select((c, i) => c is null ? null : new CarriedSize(i, c.AsSymbol!.Name, input.Type[i], result.Type[i])).Where(c => c is not null).Select(c => c!).ToArray();
            return AddLoop(repeat, range, counter, sizes, inner, After(range, counter, input.Type, sizes), input, builder, name);
        }
        Diagnostics.At(repeat.Body.Span).TurnNeverSettles();
        return null;
    }

    private static IReadOnlyList<Node> TurnOf(IReadOnlyList<Node> nodes) => nodes is [CheckpointNode checkpoint] ? checkpoint.Body.Nodes : nodes;

    private TensorItem? AddLoop(
        RepeatSyntax repeat, (Dim Start, Dim End) range, string counter, IReadOnlyList<CarriedSize> sizes, RegionBuilder inner, TensorType after,
        GraphValue input, RegionBuilder builder, SyntaxToken? name)
    {
        var key = builder.Keys.Next(name?.Text, "repeat", keeps: true);
        if (!TakeKey(key, name?.Span ?? repeat.Span, builder)) return null;
        var region = inner.ToRegion();
        var checkpoint = region.Nodes is [CheckpointNode only] ? only : null;
        var turn = checkpoint is null ? region : new Region(region.Inputs, checkpoint.Body.Nodes, checkpoint.Body.Results);
        var node = new RepeatNode(
            counter, range.Start, range.End, sizes, turn, after, [input, .. inner.Captured], name?.Text ?? "repeat", key, repeat.Span, OriginOf(name?.Text ?? "repeat", repeat.Span))
        {
            TurnName = repeat.TurnName?.Text,
            IsAlike = repeat.IsAlike,
            IsCheckpointed = checkpoint is not null,
        };
        foreach (var size in node.NeededSizes)
        {
            if (proofs.Promote(size.First) is not { } open) continue;
            Diagnostics.At(repeat.Span).InputSizeUnknown("repeat", size.First, open);
            return null;
        }
        return new TensorItem(Add(node, builder).Output);
    }

    /// <summary>
    /// The sizes after the last turn: with a known count by going through the turns; else by a formula where a turn sets a size or adds
    /// the same each time; else a size of which nothing is known.
    /// </summary>
    private TensorType After((Dim Start, Dim End) range, string counter, TensorType first, IReadOnlyList<CarriedSize> sizes)
    {
        var current = sizes.ToDictionary(s => s.Name, s => s.First, StringComparer.Ordinal);
        var turns = (range.End - range.Start).Value;
        if (turns is not null && range.Start.Value is { } start)
        {
            Dim[]? formulas = null;
            var settled = false;
            for (var i = start; i < start + turns; i++)
            {
                var now = Dim.Constant(i);
                var formulasNow = sizes.Select(s => s.Next.Substitute(symbol => symbol.Name == counter ? now : null)).ToArray();
                // Most loops settle after a turn or two: the same formulas on the same sizes give the same sizes.
                if (settled && formulas!.SequenceEqual(formulasNow)) continue;
                var previous = current;
                current = sizes.Select((s, k) => (s.Name, Value: formulasNow[k].Substitute(symbol => previous.TryGetValue(symbol.Name, out var size) ? size : null)))
                    .ToDictionary(s => s.Name, s => s.Value, StringComparer.Ordinal);
                settled = sizes.All(s => current[s.Name].Equals(previous[s.Name]));
                formulas = formulasNow;
            }
        }
        else
        {
            current = sizes.ToDictionary(s => s.Name, s => AfterOpenCount(s, range, counter, sizes), StringComparer.Ordinal);
        }
        return first.WithDims(first.Dims.Select((dim, i) => sizes.FirstOrDefault(s => s.Position == i) is { } size ? current[size.Name] : dim));
    }

    private static Dim AfterOpenCount(CarriedSize size, (Dim Start, Dim End) range, string counter, IReadOnlyList<CarriedSize> sizes)
    {
        bool IsFixed(Dim dim) => dim.Symbols.All(s => s.Name != counter && sizes.All(c => c.Name != s.Name));
        if (IsFixed(size.Next)) return size.Next;
        var growth = size.Next - Dim.Symbol(size.Name, DimSymbolKind.Loop);
        return IsFixed(growth) ? size.First + growth * (range.End - range.Start) : Dim.Symbol(size.Name + "'", DimSymbolKind.Input);
    }

    private string CounterOf(RepeatSyntax repeat)
    {
        var counter = repeat.Variable?.Text ?? "i";
        while (repeat.Variable is null && scope.Has(counter)) counter += "_";
        return counter;
    }

    // [B, C, H, W] and [B, T, D], as papers call them.
    private string FreshSize(int position, int rank, IEnumerable<Dim?> taken, TensorType input)
    {
        var names = rank == 4 ? ImageSizes : rank == 3 ? SequenceSizes : null;
        var name = names?[position] ?? "D" + position.ToString(CultureInfo.InvariantCulture);
        while (scope.Has(name) || taken.Any(t => t?.AsSymbol?.Name == name) || input.Dims.Any(d => d.Symbols.Any(s => s.Name == name))) name += "_";
        return name;
    }
}
