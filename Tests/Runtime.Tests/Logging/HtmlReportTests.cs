using System.Text.RegularExpressions;
using Dlm.Runtime.Averaging;
using Dlm.Runtime.Logging;
using Dlm.Runtime.Schedules;
using Dlm.Runtime.Tests.Training;
using Dlm.Runtime.Training;

namespace Dlm.Runtime.Tests.Logging;

public sealed class HtmlReportTests : IDisposable
{
    // Runs in the browser, behind the page's own script: what sticks out, and what the page shows under the pointer.
    private const string Probe =
        """
        <script>
        const out = [];
        for (const svg of document.querySelectorAll("svg")) {
          const frame = svg.getBoundingClientRect();
          for (const part of svg.querySelectorAll("text, path, circle")) {
            const box = part.getBoundingClientRect();
            if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1) out.push(part.outerHTML);
          }
        }
        const first = document.querySelector("svg"), at = first.getBoundingClientRect();
        first.dispatchEvent(new PointerEvent("pointermove", { clientX: at.right - 5, clientY: at.top + 50 }));
        document.documentElement.dataset.out = out.join(" ");
        document.documentElement.dataset.tip = document.querySelector(".tip").innerText;
        document.documentElement.dataset.paper = getComputedStyle(document.body).backgroundColor;
        document.documentElement.dataset.wide = document.documentElement.scrollWidth > innerWidth;
        </script>
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_page_holds_the_run_and_needs_nothing_else()
    {
        (string page, FitResult result) = Train(new HtmlReport(_folder.File("report.html"), "Digits <1>"));

        Assert.DoesNotContain("http", Regex.Replace(page, "http-equiv", ""), StringComparison.Ordinal);
        Assert.DoesNotContain("http-equiv", page, StringComparison.Ordinal); // it has ended, and reloads no more
        Assert.Contains("<h1>Digits &lt;1&gt;</h1>\n<p class=\"state\">Finished at step 30, epoch 3 of 3</p>", page, StringComparison.Ordinal);
        Assert.Equal(["loss", "accuracy", "learning rate", "images a second"], Regex.Matches(page, "<figcaption>([^<]*)<").Select(match => match.Groups[1].Value));
        Assert.Equal(3, Regex.Count(page, "<tr( class=\"top\")?><td>"));
        Assert.Contains("<tr><th>averaging</th><td>exponential, decay 0.9</td></tr>", page, StringComparison.Ordinal);
        Assert.Contains($"<tr><th>best checkpoint</th><td>{result.Best}</td></tr>", page, StringComparison.Ordinal);
        Assert.Contains($"<b>{result.History.Epochs[2].Validation!["accuracy"] * 100:0.00} %</b><span>validation accuracy, last epoch</span>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1400)]
    [InlineData(420)]
    public void A_browser_shows_it(int width)
    {
        (string page, FitResult result) = Train(new HtmlReport(_folder.File("report.html")));
        File.WriteAllText(_folder.File("probed.html"), page.Replace("</body>", Probe + "</body>", StringComparison.Ordinal));

        string shown = Browser.Open(_folder.File("probed.html"), $"--window-size={width},1000");

        Assert.Contains("data-ready=\"yes\"", shown, StringComparison.Ordinal);
        Assert.Contains("data-out=\"\"", shown, StringComparison.Ordinal);
        Assert.Contains("data-wide=\"false\"", shown, StringComparison.Ordinal);
        Assert.Contains("data-paper=\"rgb(255, 255, 255)\"", shown, StringComparison.Ordinal);
        Assert.Contains($"validation {result.History.Epochs[2].Validation!["loss"]:0.000}"[..^1], Regex.Match(shown, "data-tip=\"([^\"]*)\"").Groups[1].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_dark_where_the_reader_s_system_is()
    {
        (string page, _) = Train(new HtmlReport(_folder.File("report.html")));
        File.WriteAllText(_folder.File("probed.html"), page.Replace("</body>", Probe + "</body>", StringComparison.Ordinal));

        Assert.Contains("data-paper=\"rgb(15, 20, 27)\"", Browser.Open(_folder.File("probed.html"), "--blink-settings=preferredColorScheme=0"), StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_there_from_the_start_and_has_all_of_a_resumed_run()
    {
        string path = _folder.File("report.html");
        TrainerOptions options = Run.Quiet with { Epochs = 3, CheckpointFolder = _folder.Path };
        using (Run first = new(options))
        {
            first.Trainer.Callbacks.Add(new HtmlReport(path));
            first.Trainer.Callbacks.Add(new AfterStep((trainer, progress) =>
            {
                if (progress.Step == 1) Assert.Contains("<p class=\"state\">Step 0, epoch 1 of 3</p>", File.ReadAllText(path), StringComparison.Ordinal);
                if (progress.Step == 15) trainer.Stop();
            }));
            first.Trainer.Fit(first.Training, first.Validation);
        }

        Assert.Contains("Stopped at step 15, epoch 2 of 3", File.ReadAllText(path), StringComparison.Ordinal);
        using Run second = new(options, seed: 99);
        second.Trainer.Callbacks.Add(new HtmlReport(path));
        second.Trainer.Fit(second.Training, second.Validation, resumeFrom: _folder.Path);

        Assert.Contains("Finished at step 30, epoch 3 of 3", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Equal(3, Regex.Count(File.ReadAllText(path), "<tr( class=\"top\")?><td>"));
    }

    [Fact]
    public void A_run_that_fails_leaves_all_it_came_to()
    {
        using Run run = new(Run.Quiet with { Epochs = 3 });
        run.Trainer.Callbacks.Add(new HtmlReport(_folder.File("report.html")));
        run.Trainer.Callbacks.Add(new CsvLog(_folder.File("run.csv")));
        run.Trainer.Callbacks.Add(new AfterStep((_, progress) =>
        {
            using var unrecorded = TorchSharp.torch.no_grad();
            if (progress.Step == 14) run.Network.get_parameter("layers.fc.bias")!.fill_(double.NaN);
        }));

        NonFiniteLossException error = Assert.Throws<NonFiniteLossException>(() => run.Trainer.Fit(run.Training));

        string page = File.ReadAllText(_folder.File("report.html"));
        Assert.Contains("<p class=\"state\">Failed after step 14, epoch 2 of 3: The loss is not a number at step 15", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http-equiv", page, StringComparison.Ordinal);
        Assert.Equal("'layers.fc' (Linear)", error.Module);
        Assert.Equal(Enumerable.Range(1, 14).Select(step => $"{step}"), File.ReadLines(_folder.File("run.csv")).Skip(1).Select(line => line.Split(',')[0]));
    }

    private (string Page, FitResult Result) Train(HtmlReport report)
    {
        using Run run = new(Run.Quiet with
        {
            Epochs = 3,
            EvaluateEverySteps = 4,
            Averaging = new ExponentialAverage(0.9),
            Schedule = new CosineSchedule(0.2),
            CheckpointFolder = _folder.Path,
        });
        run.Trainer.Callbacks.Add(report);
        FitResult result = run.Trainer.Fit(run.Training, run.Validation);
        return (File.ReadAllText(_folder.File("report.html")), result);
    }
}
