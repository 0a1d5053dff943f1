using System.Security.Cryptography;

namespace Dlm.Runtime.Data;

/// <summary>A file of a public data set.</summary>
/// <param name="Name">Its name on the mirrors, and in the folder it is kept in.</param>
/// <param name="Sha256">The SHA-256 of its content, 64 lower-case hexadecimal digits.</param>
public sealed record DownloadFile(string Name, string Sha256);

/// <summary>Fetches the files of a data set from the first mirror that has them, and keeps them only where their checksum is right.</summary>
/// <param name="Mirrors">Addresses that end in a slash, tried in order.</param>
/// <param name="Files">What to fetch.</param>
public sealed record Download(IReadOnlyList<Uri> Mirrors, IReadOnlyList<DownloadFile> Files)
{
    private static readonly TimeSpan ToConnect = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan ToFinish = TimeSpan.FromMinutes(2);

    /// <summary>MNIST from its public mirrors: 11 MB.</summary>
    public static Download Mnist { get; } = new(
        [new("https://ossci-datasets.s3.amazonaws.com/mnist/"), new("https://storage.googleapis.com/cvdf-datasets/mnist/")],
        [
            new("train-images-idx3-ubyte.gz", "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
            new("train-labels-idx1-ubyte.gz", "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
            new("t10k-images-idx3-ubyte.gz", "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
            new("t10k-labels-idx1-ubyte.gz", "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
        ]);

    /// <summary>The folder of this user in which downloads named <paramref name="dataset"/> are kept from run to run.</summary>
    public static string CacheFolder(string dataset)
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string cache = OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Caches")
            : Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg ? xdg
            : Path.Combine(home, ".cache");
        return Path.Combine(cache, "dlm", dataset);
    }

    /// <summary>Sees to it that <paramref name="folder"/> holds every file, and asks the network only for those it lacks.</summary>
    /// <exception cref="DataFileException">No mirror gave a file, or none gave it unchanged; the message holds each mirror's answer.</exception>
    public void FetchInto(string folder)
    {
        using HttpClient client = new(new SocketsHttpHandler { ConnectTimeout = ToConnect }) { Timeout = ToFinish };
        foreach (DownloadFile file in Files)
        {
            string path = Path.Combine(folder, file.Name);
            if (File.Exists(path) && Checksum(File.ReadAllBytes(path)) == file.Sha256) continue;
            Directory.CreateDirectory(folder);
            Keep(path, Fetch(client, file, folder));
        }
    }

    private byte[] Fetch(HttpClient client, DownloadFile file, string folder)
    {
        List<string> answers = [];
        List<Exception> errors = [];
        foreach (Uri mirror in Mirrors)
        {
            try
            {
                byte[] content = client.GetByteArrayAsync(new Uri(mirror, file.Name)).GetAwaiter().GetResult();
                if (Checksum(content) == file.Sha256) return content;
                answers.Add($"{mirror.Host} gave another file (its SHA-256 is {Checksum(content)})");
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                answers.Add(e.Message.Contains(mirror.Host, StringComparison.Ordinal) ? e.Message : $"{mirror.Host}: {e.Message}");
                errors.Add(e);
            }
        }

        throw new DataFileException(
            Path.Combine(folder, file.Name),
            "it could not be downloaded: " + string.Join("; ", answers).TrimEnd('.'),
            "Check the network, or put the file there by hand.",
            errors.Count > 0 ? errors[0] : null);
    }

    // Renamed into place when complete, so that a broken download never looks like a file.
    private static void Keep(string path, byte[] content)
    {
        string partial = $"{path}.{Environment.ProcessId}.partial";
        File.WriteAllBytes(partial, content);
        File.Move(partial, path, overwrite: true);
    }

    private static string Checksum(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
