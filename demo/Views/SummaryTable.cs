using System.Globalization;
using Azker.Demo.Measurements;
using Spectre.Console;

namespace Azker.Demo.Views;

internal static class SummaryTable
{
    public static Table Of(DemoSummary summary)
    {
        Table table = new Table { Border = TableBorder.Rounded, Title = new TableTitle("What the stand-in saw") }
            .AddColumn("Measure")
            .AddColumn(new TableColumn("Value").RightAligned())
            .AddColumn("That is");
        Add(table, "sent", summary.Sent, "messages that users wrote");
        Add(table, "handled", summary.Handled, "answered");
        AddFault(table, "lost", summary.Lost, "never answered");
        AddFault(table, "duplicates", summary.Duplicates, "answered more than once");
        Add(table, "repeated by the kill", summary.RepeatedByKill, "answered by the killed process, which died before it could confirm");
        AddFault(table, "conflicts", summary.Conflicts, "409 Conflict, to a client that was there to read it");
        foreach (Takeover takeover in summary.Takeovers)
        {
            table.AddRow($"{takeover.From} -> {takeover.To}", $"{Text(takeover.GapMs)} ms", $"{takeover.How}: from {Cause(takeover)} until {takeover.To} receives");
        }

        table.AddRow("latency, median", $"{Text(summary.LatencyMs.Median)} ms", "from a message's arrival to its answer's");
        table.AddRow("latency, p95", $"{Text(summary.LatencyMs.P95)} ms", "includes the pause and the takeovers, in which users only wait");
        table.AddRow("latency, longest", $"{Text(summary.LatencyMs.Longest)} ms", "");
        return table.AddRow("duration", $"{Text(summary.Seconds)} s", "");
    }

    private static string Cause(Takeover takeover) => takeover.How switch
    {
        Takeover.Killed => $"{takeover.From}'s SIGKILL",
        Takeover.FailedBack => $"{takeover.From}'s last getUpdates",
        _ => $"the request to {takeover.From} to stop",
    };

    private static void Add(Table table, string name, long value, string meaning) => table.AddRow(name, Text(value), meaning);

    private static void AddFault(Table table, string name, long value, string meaning) =>
        table.AddRow(new Markup(name), new Markup(Text(value), new Style(value == 0 ? Color.Green : Color.Red, decoration: Decoration.Bold)), new Markup(meaning));

    private static string Text(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
