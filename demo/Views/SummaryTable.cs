using System.Globalization;
using Azker.Demo.Measurements;
using Spectre.Console;

namespace Azker.Demo.Views;

internal static class SummaryTable
{
    public static Table Of(DemoSummary summary)
    {
        Table table = new Table { Border = TableBorder.Rounded, Title = new TableTitle("Summary of the stand-in") }
            .AddColumn("Measure")
            .AddColumn(new TableColumn("Value").RightAligned())
            .AddColumn("Meaning");
        Add(table, "sent", summary.Sent, "messages of the users");
        Add(table, "handled", summary.Handled, "messages that the bot answered");
        AddFault(table, "lost", summary.Lost, "messages that the bot never answered");
        AddFault(table, "duplicates", summary.Duplicates, "messages that the bot answered more than once");
        Add(table, "repeated by the kill", summary.RepeatedByKill, "messages answered again, because a kill came before the confirmation");
        AddFault(table, "conflicts", summary.Conflicts, "answers 409 Conflict to a client that was still connected");
        foreach (Takeover takeover in summary.Takeovers)
        {
            table.AddRow($"{takeover.From} -> {takeover.To}", $"{Text(takeover.GapMs)} ms", $"{takeover.How}: from {Cause(takeover)} until {takeover.To} receives");
        }

        table.AddRow("latency, median", $"{Text(summary.LatencyMs.Median)} ms", "from the arrival of a message to the arrival of its answer");
        table.AddRow("latency, p95", $"{Text(summary.LatencyMs.P95)} ms", "includes the pause and the takeovers, during which users wait");
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
