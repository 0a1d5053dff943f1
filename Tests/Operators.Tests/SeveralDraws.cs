using Dlm.Dsl.Operators;
using Dlm.Dsl.Shapes;
using Dlm.Dsl.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Dlm.Operators.Tests;

/// <summary>Calls whose tensors fit one another, for rows with several; now and then one does not.</summary>
internal static class SeveralDraws
{
    private static readonly Dictionary<string, Func<Operator, Random, Draw>> ByName = new(StringComparer.Ordinal)
    {
        ["permute"] = Permute,
        ["unflatten"] = Unflatten,
        ["split"] = Split,
        ["outer"] = (row, random) => new Draw(row, [Floats(Any(random, 12)), Floats(Any(random, 12))], []),
        ["affine"] = Affine,
        ["grid_sample"] = GridSample,
        ["affine_grid"] = (row, random) => new Draw(
            row, [Floats(Any(random), 2, Wrong(random) ? 2 : 3)], [("height", Whole(Any(random))), ("width", Whole(Any(random))), ("align_corners", new BoolValue(random.Next(2) == 0))]),
        ["gather"] = Gather,
        ["take_along_dim"] = Gather,
        ["index_select"] = IndexSelect,
        ["scatter"] = Scatter,
        ["scatter_add"] = Scatter,
        ["causal_mask"] = (row, random) => new Draw(row, [Floats(2)], [("size", Whole(random.Next(0, 400)))]),
        ["cross_entropy"] = Classes,
        ["nll"] = Classes,
        ["multi_margin"] = Classes,
        ["ctc"] = Temporal,
        ["attention"] = Attention,
        ["lstm"] = Recurrent,
        ["gru"] = Recurrent,
        ["rnn"] = Recurrent,
        ["lstm_cell"] = Cell,
        ["gru_cell"] = Cell,
        ["rnn_cell"] = Cell,
        ["einsum"] = Einsum,
        ["rearrange"] = Rearrange,
        ["reduce"] = Rearrange,
    };

    /// <summary>The row's own generator, or null where the general one serves.</summary>
    public static Gen<Draw>? Find(Operator row) =>
        ByName.TryGetValue(row.Name, out var draw) ? Gen.Choose(0, int.MaxValue - 1).Select(seed => draw(row, new Random(seed))) : null;

    private static long Any(Random random, int most = 6) => random.Next(1, most + 1);

    private static bool Wrong(Random random) => random.Next(8) == 0;

    private static TensorType Floats(params long[] sizes) => Tensor(ElementType.Float, sizes);

    private static TensorType Ints(params long[] sizes) => Tensor(ElementType.Int, sizes);

    private static TensorType Tensor(ElementType element, params long[] sizes) => new(element, sizes.Select(size => (Dim)size).ToEquatableArray());

    private static IntValue Whole(long value) => new(value);

    private static ListValue List(IEnumerable<long> values) => new(values.Select(value => (StaticValue)new IntValue(value)).ToEquatableArray());

    private static long[] Shape(Random random, int rank) => Enumerable.Range(0, rank).Select(_ => Any(random)).ToArray();

    private static T Pick<T>(Random random, params T[] items) => items[random.Next(items.Length)];

    private static (string, StaticValue)[] Sometimes(Random random, params (string, StaticValue)[] arguments) => arguments.Where(_ => random.Next(2) == 0).ToArray();

    private static (string, StaticValue) Reduction(Random random) => ("reduction", new StringValue(Pick(random, "mean", "sum", "none")));

    private static Draw Permute(Operator row, Random random)
    {
        var rank = random.Next(1, 5);
        var order = Enumerable.Range(0, rank).OrderBy(_ => random.Next()).Select(i => (long)(random.Next(4) == 0 ? i - rank : i)).ToArray();
        if (Wrong(random)) order[0] = random.Next(rank);
        return new Draw(row, [Tensor(Pick(random, ElementType.Float, ElementType.Int), Shape(random, rank))], [("dims", List(order))]);
    }

    private static Draw Unflatten(Operator row, Random random)
    {
        var (parts, shape) = (Shape(random, random.Next(1, 4)), Shape(random, random.Next(1, 4)));
        var at = random.Next(shape.Length);
        shape[at] = parts.Aggregate(1L, (a, b) => a * b) + (Wrong(random) ? 1 : 0);
        if (random.Next(2) == 0) parts[random.Next(parts.Length)] = -1;
        return new Draw(row, [Floats(shape)], [("dim", Whole(random.Next(2) == 0 ? at : at - shape.Length)), ("sizes", List(parts))]);
    }

    private static Draw Split(Operator row, Random random)
    {
        var (parts, shape) = (Shape(random, random.Next(1, 4)), Shape(random, random.Next(1, 4)));
        var at = random.Next(shape.Length);
        shape[at] = parts.Sum() - (Wrong(random) ? 1 : 0);
        return new Draw(row, [Floats(shape)], [("dim", Whole(at)), ("sizes", List(parts))]);
    }

    private static Draw Affine(Operator row, Random random)
    {
        var (width, outputs) = (Any(random), Any(random));
        var bias = random.Next(2) == 0 ? null : Floats(Wrong(random) ? outputs + 1 : outputs);
        return new Draw(row, [Floats([.. Shape(random, random.Next(4)), width]), Floats(outputs, Wrong(random) ? width + 1 : width), bias], []);
    }

    private static Draw GridSample(Operator row, Random random)
    {
        var (places, batch) = (random.Next(2, 4), Any(random));
        var grid = Floats([Wrong(random) ? batch + 1 : batch, .. Shape(random, places), Wrong(random) ? 4 : places]);
        return new Draw(row, [Floats([batch, Any(random), .. Shape(random, places)]), grid], Sometimes(random,
            ("mode", new StringValue(Pick(random, "bilinear", "nearest"))), ("padding", new StringValue(Pick(random, "zeros", "border", "reflection"))), ("align_corners", new BoolValue(true))));
    }

    private static Draw Gather(Operator row, Random random)
    {
        var shape = Shape(random, random.Next(1, 5));
        var at = random.Next(shape.Length);
        var index = shape.Select((size, i) => i == at ? Any(random) : Wrong(random) ? 1 : size);
        if (row.Name == "gather" && random.Next(2) == 0) index = index.Where((_, i) => i != at);
        return new Draw(row, [Tensor(Pick(random, ElementType.Float, ElementType.Int, ElementType.Bool), shape), Ints([.. index])], [("dim", Whole(random.Next(2) == 0 ? at : at - shape.Length))]);
    }

    private static Draw IndexSelect(Operator row, Random random)
    {
        var shape = Shape(random, random.Next(1, 5));
        return new Draw(row, [Floats(shape), Ints(Any(random))], [("dim", Whole(random.Next(-shape.Length, shape.Length)))]);
    }

    private static Draw Scatter(Operator row, Random random)
    {
        var shape = Shape(random, random.Next(1, 4));
        var at = random.Next(shape.Length);
        var index = shape.Select((size, i) => i == at ? Any(random) : Wrong(random) ? size + 1 : size).ToArray();
        var source = index.Select(size => Wrong(random) ? size + 1 : size).ToArray();
        return new Draw(row, [Floats(shape), Ints(index), Floats(source)], [("dim", Whole(at))]);
    }

    private static Draw Classes(Operator row, Random random)
    {
        var rank = row.Name == "multi_margin" ? 2 : random.Next(1, 5);
        var shape = Shape(random, rank);
        var classes = shape[rank == 1 ? 0 : 1];
        var others = shape.Where((_, i) => i != (rank == 1 ? 0 : 1)).ToArray();
        if (Wrong(random) && others.Length > 0) others[0]++;
        var isProbability = row.Name == "cross_entropy" && random.Next(3) == 0;
        var weight = random.Next(2) == 0 ? Floats(Wrong(random) ? classes + 1 : classes) : null;
        var given = Sometimes(random, Reduction(random));
        if (row.Name == "cross_entropy") given = [.. given, .. Sometimes(random, ("label_smoothing", new FloatValue(Pick(random, 0, 0.1, 1))), ("ignore_index", Whole(random.Next(-2, 2))))];
        if (row.Name == "multi_margin") given = [.. given, .. Sometimes(random, ("margin", new FloatValue(0.5)))];
        return new Draw(row, [Floats(shape), isProbability ? Floats(shape) : Ints(others), weight], given);
    }

    private static Draw Temporal(Operator row, Random random)
    {
        var (batch, classes) = (Any(random), Any(random) + 1);
        return new Draw(
            row,
            [Floats(batch, Any(random), classes), Ints(Wrong(random) ? batch + 1 : batch, Any(random)), Ints(Wrong(random) ? batch + 1 : batch), Ints(batch)],
            Sometimes(random, ("blank", Whole(random.Next(0, (int)classes + 1))), ("zero_infinity", new BoolValue(true)), Reduction(random)));
    }

    private static Draw Attention(Operator row, Random random)
    {
        var (leading, queries, keys, width) = (Shape(random, random.Next(3)), Any(random), Any(random), Any(random));
        long[] scores = [.. leading, queries, keys];
        var mask = random.Next(2) == 0 ? null
            : Tensor(Pick(random, ElementType.Bool, ElementType.Float), scores.Skip(random.Next(scores.Length + 1)).Select(size => random.Next(4) == 0 ? 1 : size).ToArray());
        if (random.Next(4) == 0)
        {
            // What is in the cache, and now and then too little room.
            var room = keys + random.Next(-1, 4);
            var given = Floats([.. leading, keys, width]);
            mask = mask is null ? null : Floats(queries, room);
            return new Draw(
                row,
                [Floats([.. leading, queries, width]), given, given, mask, Floats([2, .. leading, room, Wrong(random) ? width + 1 : width])],
                Sometimes(random, ("causal", new BoolValue(random.Next(3) == 0))));
        }
        return new Draw(
            row,
            [Floats([.. leading, queries, width]), Floats([.. leading, keys, Wrong(random) ? width + 1 : width]), Floats([.. leading, Wrong(random) ? keys + 1 : keys, Any(random)]), mask, null],
            Sometimes(random, ("dropout", new FloatValue(Pick(random, 0, 0.5, 1, 1.5))), ("causal", new BoolValue(random.Next(3) == 0))));
    }

    private static Draw Recurrent(Operator row, Random random)
    {
        var (batch, hidden, layers, both) = (Any(random), Any(random), random.Next(1, 4), random.Next(2) == 0);
        var state = random.Next(2) == 0 ? null : Floats((Wrong(random) ? 1 : 0) + layers * (both ? 2 : 1), batch, hidden);
        TensorType?[] states = row.Ports.Count == 3 ? [state, Wrong(random) ? null : state] : [state];
        var given = Sometimes(random, ("bias", new BoolValue(false)), ("states", new BoolValue(true)), ("dropout", new FloatValue(Pick(random, 0, 0.5, 1.5))));
        if (row.Name == "rnn") given = [.. given, .. Sometimes(random, ("activation", new StringValue(Pick(random, "tanh", "relu"))))];
        return new Draw(row, [Floats(batch, Any(random), Any(random)), .. states], [("hidden", Whole(hidden)), ("layers", Whole(layers)), ("bidirectional", new BoolValue(both)), .. given]);
    }

    private static Draw Cell(Operator row, Random random)
    {
        var (batch, hidden) = (Any(random), Any(random));
        var state = Floats(batch, hidden);
        TensorType?[] states = row.Ports.Count == 3 ? [state, Wrong(random) ? Floats(batch, hidden + 1) : state] : [Wrong(random) ? Floats(batch + 1, hidden) : state];
        return new Draw(row, [Floats(batch, Any(random, 12)), .. states], [("hidden", Whole(hidden)), .. Sometimes(random, ("bias", new BoolValue(false)))]);
    }

    private static Draw Einsum(Operator row, Random random)
    {
        var sizes = Enumerable.Range(0, 5).ToDictionary(i => (char)('a' + i), _ => Any(random, 4));
        var tensors = Enumerable.Range(0, random.Next(1, 4)).Select(_ => new string(Enumerable.Range(0, random.Next(4)).Select(_ => (char)('a' + random.Next(5))).ToArray())).ToArray();
        var output = string.Concat(tensors.SelectMany(t => t).Distinct().Where(_ => random.Next(2) == 0).OrderBy(_ => random.Next()));
        if (Wrong(random)) output += 'e';
        var types = tensors.Select(t => Floats(t.Select(letter => sizes[letter] + (random.Next(20) == 0 ? 1 : 0)).ToArray())).ToArray();
        return new Draw(row, types, [("pattern", new StringValue($"{string.Join(",", tensors)}->{output}"))]);
    }

    // Axes in groups on both sides, some of size 1, and for reduce some that are lost.
    private static Draw Rearrange(Operator row, Random random)
    {
        var axes = Enumerable.Range(0, random.Next(1, 5)).Select(i => (Name: $"x{i}", Size: Any(random, 4))).ToArray();
        var (named, shape) = (new List<(string, long)>(), new List<long>());
        var left = Grouped(random, axes.Select(a => a.Name));
        foreach (var group in left)
        {
            var own = axes.Where(a => group.Contains(a.Name)).ToArray();
            shape.Add(own.Aggregate(1L, (product, axis) => product * axis.Size) + (random.Next(20) == 0 ? 1 : 0));
            var open = own.Length > 1 ? random.Next(own.Length) : random.Next(2) - 1;
            named.AddRange(own.Where((_, i) => own.Length > 1 ? i != open : open == 0).Select(a => (a.Name, a.Size)));
        }
        var kept = axes.Select(a => a.Name).Where(_ => row.Name == "rearrange" || random.Next(2) == 0).OrderBy(_ => random.Next());
        var right = Written(Grouped(random, kept));
        // What changes nothing is no call.
        var pattern = $"{Written(left)} -> {(right == Written(left) ? right + " 1" : right)}";
        (string, StaticValue)[] given = [("pattern", new StringValue(pattern))];
        if (row.Name == "reduce") given = [.. given, ("reduction", new StringValue(Pick(random, "mean", "max", "min", "sum")))];
        return new Draw(row, [Floats([.. shape])], given) { Named = named };
    }

    private static List<string[]> Grouped(Random random, IEnumerable<string> names)
    {
        var groups = new List<List<string>>();
        foreach (var name in names)
        {
            if (groups.Count > 0 && random.Next(3) == 0) groups[^1].Add(name);
            else groups.Add([name]);
            if (random.Next(8) == 0) groups.Add([]);
        }
        return [.. groups.Select(g => g.ToArray())];
    }

    private static string Written(IEnumerable<string[]> groups) => string.Join(" ", groups.Select(g => g.Length switch
    {
        0 => "1",
        1 => g[0],
        _ => $"({string.Join(" ", g)})",
    }));
}
