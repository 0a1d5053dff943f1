using Dlm.Runtime.Data;
using Dlm.Runtime.Data.Tables;

namespace Dlm.Runtime.Tests.Data;

public sealed class CsvTests : IDisposable
{
    private const string Flowers = "length,width,colour,species\n5,1,red,rose\n7,3,\"white, mostly\",lily\n9,,red,tulip\n";

    private static readonly CsvSchema Schema = new() { Numbers = ["length", "width"], Categories = ["colour"], Classes = "species", Missing = 2 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Columns_become_tensors()
    {
        CsvDataset data = Load(Flowers, Schema with { Standardize = false });

        using Batch batch = data.Read([1, 2]);

        Assert.Equal((3, "rows"), (data.Count, data.SampleNoun));
        Assert.Equal(["input", "categories", "target"], batch.Names);
        Assert.Equal([7, 3, 9, 2], batch.Input.data<float>().ToArray());
        Assert.Equal([2, 1], batch["categories"].data<long>().ToArray());
        Assert.Equal([0, 2], batch.Target.data<long>().ToArray());
        Assert.Equal(["[UNK]", "red", "white, mostly"], Enumerable.Range(0, 3).Select(i => data.Categories[0][i]));
        Assert.Equal(["lily", "rose", "tulip"], Enumerable.Range(0, 3).Select(i => data.Classes![i]));
        Assert.Equal($"{_folder.File("table.csv")}, row 2", data.SampleName(1));
    }

    [Fact]
    public void Test_tables_follow_the_training_table()
    {
        CsvDataset training = Load(Flowers, Schema);
        File.WriteAllText(_folder.File("test.csv"), "species,colour,width,length\nlily,blue,2,7\n");

        CsvDataset test = training.LoadLikeThis(_folder.File("test.csv"));

        using Batch before = training.Read([0, 1, 2]), after = test.Read([0]);
        float step = (float)Math.Sqrt(1.5); // 5, 7 and 9 have the deviation sqrt(8 / 3), 1, 3 and 2 sqrt(2 / 3)
        Assert.Equal([-step, -step, 0, step, step, 0], before.Input.data<float>().ToArray().Select(value => (float)Math.Round(value, 6)).ToArray(), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal([0, 0], after.Input.data<float>().ToArray());
        Assert.Equal([0], after["categories"].data<long>().ToArray());
        Assert.Equal([0], after.Target.data<long>().ToArray());
    }

    [Fact]
    public void Values_to_be_told_are_a_tensor_too_and_other_delimiters_will_do()
    {
        CsvDataset data = Load("a;b;c\n1;2.5;-3e2\n", new CsvSchema { Numbers = ["a"], Values = ["c", "b"], Delimiter = ";", Standardize = false });

        using Batch batch = data.Read([0, 0]);

        Assert.Equal([2, 2], batch.Target.shape);
        Assert.Equal([-300, 2.5f, -300, 2.5f], batch.Target.data<float>().ToArray());
    }

    [Theory]
    [InlineData("length,width,colour,species\n5,1,red\n", "line 2 has 3 fields, where 4 columns are named")]
    [InlineData("length,width,colour,species\n5,x,red,rose\n", "line 2 has 'x' in column 'width', where a number is expected. Mend it, or make it a category")]
    [InlineData("length,width,colour,species\n5,1,red,rose\nNaN,1,red,rose\n", "line 3 has 'NaN' in column 'length'")]
    [InlineData("length,widths,colour,species\n5,1,red,rose\n", "it has no column 'width'; it has 'length', 'widths', 'colour', 'species'. Did you mean 'widths'?")]
    [InlineData("length,width,width,colour,species\n5,1,1,red,rose\n", "two columns are called 'width'")]
    [InlineData("length,width,colour,species\n", "it names columns and has no rows")]
    [InlineData("", "it is empty")]
    [InlineData("length,width,colour,species\n5,1,r\"ed,rose\n", "line 2 has a quotation mark that does not belong there")]
    public void What_is_no_such_table_is_one_message(string table, string message)
    {
        DataFileException error = Assert.Throws<DataFileException>(() => Load(table, Schema));

        Assert.StartsWith($"{_folder.File("table.csv")}: {message}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_number_and_an_unknown_class_are_one_message()
    {
        Assert.Contains("line 4 is empty in column 'width', where a number is expected. Fill it in", Message(() => Load(Flowers, Schema with { Missing = null })), StringComparison.Ordinal);
        CsvDataset training = Load(Flowers, Schema);
        File.WriteAllText(_folder.File("test.csv"), "species,colour,width,length\nlilly,blue,2,7\n");
        Assert.Contains("line 2 has the class 'lilly', which the training table has not. Did you mean 'lily'? Mend", Message(() => training.LoadLikeThis(_folder.File("test.csv"))), StringComparison.Ordinal);

        static string Message(Action read) => Assert.Throws<DataFileException>(read).Message;
    }

    private CsvDataset Load(string table, CsvSchema schema)
    {
        File.WriteAllText(_folder.File("table.csv"), table);
        return CsvDataset.Load(_folder.File("table.csv"), schema);
    }
}
