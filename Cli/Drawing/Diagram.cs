using Dlm.Dsl.Operators;

namespace Dlm.Cli.Drawing;

/// <summary>What is drawn: items and the lines between them. A box has a diagram of its own inside.</summary>
internal sealed class Diagram
{
    public List<Item> Items { get; } = [];

    public List<Edge> Edges { get; } = [];

    /// <summary>Where lines come in, in order.</summary>
    public IEnumerable<Item> Entries => Items.Where(i => i is Gate { IsEntry: true } or Terminal { IsInput: true });

    /// <summary>Where lines go out, in order.</summary>
    public IEnumerable<Item> Exits => Items.Where(i => i is Gate { IsEntry: false } or Terminal { IsInput: false });

    // Set by the layout.
    public double Width { get; set; }

    public double Height { get; set; }

    /// <summary>Where the main line runs, from the left.</summary>
    public double Axis { get; set; }
}

/// <summary>A line from one item to another.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="FromPort">At which of the exits of a box.</param>
/// <param name="To">Where it ends.</param>
/// <param name="ToPort">At which of the entries of a box.</param>
/// <param name="Shape">The tensor that flows along it.</param>
internal sealed record Edge(Item From, int FromPort, Item To, int ToPort, string Shape)
{
    /// <summary>The track that it runs along; null where it goes from one layer to the next.</summary>
    public Track? Track { get; set; }

    /// <summary>Its corners. Set by the layout.</summary>
    public IReadOnlyList<(double X, double Y)> Points { get; set; } = [];
}

/// <summary>Something with a place.</summary>
internal abstract class Item
{
    /// <summary>Which row of the diagram it stands in.</summary>
    public int Layer { get; set; }

    /// <summary>The track it stands on; null for the main line.</summary>
    public Track? Track { get; set; }

    public double X { get; set; }

    public double Y { get; set; }

    public double Width { get; set; }

    public double Height { get; set; }

    /// <summary>Where its line runs, from its left.</summary>
    public double Axis { get; set; }

    public double AxisX => X + Axis;

    public double Bottom => Y + Height;

    public double Right => X + Width;
}

/// <summary>Stages that follow each other, a strip for each: convolution, normalisation, activation.</summary>
internal sealed class Card : Item
{
    public List<Strip> Strips { get; } = [];
}

/// <summary>A stage in a card.</summary>
/// <param name="Text">What it does.</param>
/// <param name="Key">Its name in the checkpoint, or nothing.</param>
/// <param name="Group">The kind of operator; null for what is none.</param>
/// <param name="Tip">What else is known of it.</param>
internal sealed record Strip(string Text, string Key, OperatorGroup? Group, string Tip);

/// <summary>Where lines meet: a sum, a product.</summary>
internal sealed class Junction(string sign, string tip) : Item
{
    public string Sign { get; } = sign;

    public string Tip { get; } = tip;
}

/// <summary>A block, group or loop with what is inside of it.</summary>
internal sealed class Box(string title, string key, int times, string tip, Diagram inside) : Item
{
    public string Title { get; } = title;

    public string Key { get; } = key;

    /// <summary>How many of it stand in a row.</summary>
    public int Times { get; } = times;

    public string Tip { get; } = tip;

    public Diagram Inside { get; } = inside;
}

/// <summary>Where a line enters or leaves a box.</summary>
internal sealed class Gate(bool isEntry) : Item
{
    public bool IsEntry { get; } = isEntry;
}

/// <summary>An input or output of the model.</summary>
internal sealed class Terminal(string text, bool isInput) : Item
{
    public string Text { get; } = text;

    public bool IsInput { get; } = isInput;
}
