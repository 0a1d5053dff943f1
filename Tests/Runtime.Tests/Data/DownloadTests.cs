using System.Net;
using System.Security.Cryptography;
using Dlm.Runtime.Data;

namespace Dlm.Runtime.Tests.Data;

public sealed class DownloadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpListener _server = new();
    private readonly Uri _address;
    private int _requests;

    public DownloadTests()
    {
        using (System.Net.Sockets.TcpListener free = new(IPAddress.Loopback, 0))
        {
            free.Start();
            _address = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        }

        _server.Prefixes.Add(_address.ToString());
        _server.Start();
        new Thread(Serve) { IsBackground = true }.Start();
    }

    public void Dispose()
    {
        _server.Close();
        _folder.Dispose();
    }

    [Fact]
    public void Takes_the_first_mirror_whose_file_has_the_right_checksum_and_keeps_it()
    {
        Download download = new([new(_address, "missing/"), new(_address, "wrong/"), new(_address, "right/")], [new("digits.gz", Checksum("right"u8))]);

        download.FetchInto(_folder.Path);
        int requests = _requests;
        download.FetchInto(_folder.Path);

        Assert.Equal("right", File.ReadAllText(_folder.File("digits.gz")));
        Assert.Equal((3, 3), (requests, _requests));
        Assert.Equal(["digits.gz"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_kept_file_that_was_changed_is_fetched_again()
    {
        Download download = new([new(_address, "right/")], [new("digits.gz", Checksum("right"u8))]);
        File.WriteAllText(_folder.File("digits.gz"), "changed");

        download.FetchInto(_folder.Path);

        Assert.Equal("right", File.ReadAllText(_folder.File("digits.gz")));
    }

    [Fact]
    public void Where_no_mirror_serves_the_message_holds_each_answer()
    {
        Download download = new([new(_address, "missing/"), new(_address, "wrong/")], [new("digits.gz", Checksum("right"u8))]);

        DataFileException error = Assert.Throws<DataFileException>(() => download.FetchInto(_folder.Path));

        Assert.Contains("404", error.Message, StringComparison.Ordinal);
        Assert.Contains($"127.0.0.1 gave another file (its SHA-256 is {Checksum("wrong"u8)})", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    private static string Checksum(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private void Serve()
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = _server.GetContext();
                Interlocked.Increment(ref _requests);
                string mirror = context.Request.Url!.Segments[1].TrimEnd('/');
                context.Response.StatusCode = mirror == "missing" ? 404 : 200;
                if (mirror != "missing") context.Response.OutputStream.Write(System.Text.Encoding.ASCII.GetBytes(mirror));
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The server was closed: the test is over.
        }
    }
}
