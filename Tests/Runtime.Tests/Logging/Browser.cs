using System.Diagnostics;

namespace Dlm.Runtime.Tests.Logging;

/// <summary>Opens pages in a Chromium without a window.</summary>
internal static class Browser
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string? Program = new[] { Environment.GetEnvironmentVariable("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }
        .FirstOrDefault(File.Exists);

    /// <summary>The document as it is once its scripts have run, or a skipped test.</summary>
    public static string Open(string page, params string[] options)
    {
        Assert.SkipWhen(Program is null, "there is no Chromium here (apt-get install chromium)");
        string profile = Directory.CreateTempSubdirectory("dlm-browser-").FullName;
        try
        {
            string[] arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--virtual-time-budget=2000", $"--user-data-dir={profile}", "--dump-dom", .. options, new Uri(page).AbsoluteUri];
            using Process browser = Process.Start(new ProcessStartInfo(Program!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> output = browser.StandardOutput.ReadToEndAsync(), errors = browser.StandardError.ReadToEndAsync();
            if (!browser.WaitForExit(Patience))
            {
                browser.Kill(entireProcessTree: true);
                Assert.Fail("the browser hangs");
            }

            Assert.True(browser.ExitCode == 0, errors.Result);
            return output.Result;
        }
        finally
        {
            Directory.Delete(profile, recursive: true);
        }
    }
}
