using Dlm.Runtime.Data.Text;

namespace Dlm.Samples.Embedding;

/// <summary>The English half of Multi30k: what people wrote under 29,000 photographs. Small, but all about people, animals, clothes, colours and places.</summary>
internal static class Captions
{
    /// <summary>What <c>--data</c> names.</summary>
    public const string Option = "A folder with train.en.gz of Multi30k, or one with a folder multi30k that has it. Without it: DLM_DATA.";

    /// <summary>Words of a kind: by which other words of the list they are surrounded shows what the vectors are worth.</summary>
    public static IReadOnlyList<(string Kind, string[] Words)> Kinds { get; } =
    [
        ("colours", Words("red blue green yellow black white orange pink purple gray brown")),
        ("animals", Words("dog cat horse bird cow sheep goat puppy elephant monkey fish duck")),
        ("clothes", Words("shirt jacket hat dress coat pants jeans shorts sweater vest hoodie suit skirt")),
        ("numbers", Words("two three four five six seven eight ten")),
        ("people", Words("man woman boy girl child lady guy person toddler baby")),
        ("vehicles", Words("car truck bus motorcycle bike bicycle train boat van taxi scooter")),
        ("instruments", Words("guitar drums violin piano accordion saxophone trumpet flute cello")),
        ("sports", Words("soccer baseball football tennis basketball volleyball hockey rugby golf")),
        ("food", Words("food pizza cake fruit bread vegetables meat fish ice cream sandwich")),
        ("body", Words("hand arm leg head face hair hands arms legs feet eyes mouth")),
    ];

    /// <summary>Pairs that stand to each other as the others of their row do.</summary>
    public static IReadOnlyList<(string First, string Second)[]> Relations { get; } =
    [
        [("man", "men"), ("woman", "women"), ("boy", "boys"), ("girl", "girls"), ("dog", "dogs"), ("horse", "horses"), ("child", "children"), ("player", "players")],
        [("man", "woman"), ("men", "women"), ("boy", "girl"), ("boys", "girls"), ("guy", "lady"), ("his", "her"), ("he", "she")],
        [("walking", "walks"), ("running", "runs"), ("jumping", "jumps"), ("sitting", "sits"), ("standing", "stands"), ("playing", "plays"), ("riding", "rides"), ("looking", "looks")],
    ];

    /// <summary>The sentences.</summary>
    public static string[] Load(string? folder) =>
        TextFile.ReadLines(Path.Combine(DataFolder.Require(folder, "multi30k", "Download train.en.gz of Multi30k (github.com/multi30k/dataset, data/task1/raw)."), "train.en.gz"));

    private static string[] Words(string all) => all.Split(' ');
}
