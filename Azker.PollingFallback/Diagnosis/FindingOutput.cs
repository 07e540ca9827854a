using System.Text.Json;
using Azker.PollingFallback.Language;
using Azker.PollingFallback.Output;
using Spectre.Console;

namespace Azker.PollingFallback.Diagnosis;

/// <summary>Writes findings, each as soon as it is there.</summary>
/// <param name="json">Whether each finding is a line of JSON.</param>
internal sealed class FindingOutput(bool json)
{
    /// <summary>The worst state of the findings so far.</summary>
    public FindingState Worst { get; private set; }

    /// <summary>0 when nothing is wrong, 1 for warnings, 2 for problems.</summary>
    public int ExitCode => (int)Worst;

    public async Task WriteAsync(IAsyncEnumerable<Finding> findings)
    {
        await foreach (Finding finding in findings)
        {
            Worst = finding.State > Worst ? finding.State : Worst;
            if (json)
            {
                await Console.Out.WriteLineAsync(JsonSerializer.Serialize(finding, CommandJsonContext.Default.Finding));
            }
            else
            {
                Write(finding);
            }
        }
    }

    private static void Write(Finding finding)
    {
        (string mark, Color color) = finding.State switch
        {
            FindingState.Ok => (Texts.FindingOk, Color.Green),
            FindingState.Warning => (Texts.FindingWarning, Color.Yellow),
            _ => (Texts.FindingProblem, Color.Red),
        };
        AnsiConsole.Write(new Text(mark, new Style(color, decoration: Decoration.Bold)));
        Console.Out.WriteLine(Fit($"{mark}  {finding.Check}: {finding.Detail}")[mark.Length..]);
        if (finding.Remedy is { } remedy)
        {
            Console.Out.WriteLine(Fit($"   {Texts.FormatFindingRemedy(remedy)}"));
        }
    }

    private static string Fit(string text) => Console.IsOutputRedirected ? TextTable.Line(text) : TextTable.Wrap(TextTable.Line(text), Console.WindowWidth, "   ");
}
