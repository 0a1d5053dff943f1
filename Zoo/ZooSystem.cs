namespace Dlm.Zoo;

/// <summary>A system of the zoo, as the surveys tell the field's history: a row of the page.</summary>
/// <param name="Key">What its learning test is marked with: <c>[Trait("system", "lenet5")]</c>.</param>
/// <param name="Name">What people call it.</param>
/// <param name="File">Its file, from the folder Models.</param>
/// <param name="Models">Those of its models that the page counts, the one that is drawn first; <c>Gpt2</c>, or with sizes that its inputs leave open, <c>Gpt2 T=1024</c>.</param>
/// <param name="Samples">The samples that teach it something.</param>
internal sealed record ZooSystem(string Key, string Name, string File, string[] Models, string[] Samples)
{
    /// <summary>The paper: authors, title, year.</summary>
    public required string Paper { get; init; }

    /// <summary>What a reader should know of it, in a sentence or two.</summary>
    public required string About { get; init; }

    /// <summary>How long it is where it is written by hand.</summary>
    public HandWritten[] ByHand { get; init; } = [];

    /// <summary>The classes that the tests hold its models against: <c>bert.py Albert AlbertForPreTraining</c>, of Tests/Oracle.</summary>
    public string Reference { get; init; } = "";

    /// <summary>How many of its models, from the first, are what is written by hand elsewhere; all of them where it is nought.</summary>
    public int Compared { get; init; }

    /// <summary>Which of its sample's figures is its own; the first, but where a sample teaches several systems.</summary>
    public int OwnFigure { get; init; }

    /// <summary>Those of the objectives over its models that are its own; all of them where none is named.</summary>
    public string[] Objectives { get; init; } = [];

    /// <summary>The models by name, with the sizes that are given.</summary>
    public IEnumerable<(string Name, string[] Sizes)> Counted => Models.Select(model => model.Split(' ')).Select(words => (words[0], words[1..]));
}

/// <summary>A model written by hand: its lines without blank ones, comments and documentation, as <c>eng/lines.py</c> counts them.</summary>
/// <param name="With">PyTorch or TorchSharp.</param>
/// <param name="Lines">How many lines the classes have; nothing that trains is counted.</param>
/// <param name="Where">Whose it is, and where.</param>
internal sealed record HandWritten(string With, int Lines, string Where)
{
    public static HandWritten InPyTorch(int lines, string where) => new("PyTorch", lines, where);

    public static HandWritten InTorchSharp(int lines, string where) => new("TorchSharp", lines, where);
}
