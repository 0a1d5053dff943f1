using Dlm.Zoo;
using Dlm.Zoo.Systems;

// dotnet run --project Zoo [-- measure [samples]]
string? root = Environment.CurrentDirectory;
while (root is not null && !Directory.Exists(Path.Combine(root, "Models", "Vision"))) root = Path.GetDirectoryName(root);
if (root is null)
{
    Console.Error.WriteLine("error: this folder is not inside the repository, whose Models the page is about.");
    return 1;
}

bool good = true;
switch (args)
{
    case []:
        break;
    case ["measure", .. string[] samples]:
        if (samples.Except(Catalogue.Samples).ToArray() is [_, ..] unknown)
        {
            Console.Error.WriteLine($"error: there is no sample {string.Join(", ", unknown)}. There are {string.Join(", ", Catalogue.Samples)}.");
            return 1;
        }

        foreach (string sample in samples is [] ? Catalogue.Samples : samples) good &= Measuring.Run(root, sample);
        break;
    default:
        Console.Error.WriteLine("dotnet run --project Zoo [-- measure [samples]]     writes docs/zoo.md, after it has run all samples or those named");
        return 1;
}

string docs = Path.Combine(root, "docs");
foreach (var (path, svg) in Page.Draw(root)) File.WriteAllText(Path.Combine(docs, path), svg);
File.WriteAllText(Path.Combine(docs, "zoo.md"), Page.Write(root));
Console.WriteLine("wrote docs/zoo.md");
return good ? 0 : 1;
