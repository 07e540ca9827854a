using System.Globalization;
using Azker.Demo.Consoles;
using Azker.Demo.Measurements;
using Azker.Demo.StandIn;
using Azker.Demo.Story;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Azker.Demo.Views;

/// <summary>The whole screen at one moment.</summary>
internal static class Screen
{
    /// <summary>The columns beside the cells of a lane.</summary>
    private const int OtherColumns = 33;

    /// <summary>The lines above and below the story.</summary>
    private const int OtherLines = 15;

    private static readonly TimeSpan RecentPast = TimeSpan.FromSeconds(5);

    public static IRenderable Of(Stage stage)
    {
        Observation? observation = stage.Observer.Latest;
        IReadOnlyList<ChatExchange> exchanges = ChatExchange.Of(observation, stage.Users.Questions);
        return new Rows(
            new Rule("[bold]Azker[/]: one bot, many consoles, one receiver at a time") { Justification = Justify.Left, Style = Style.Parse("grey") },
            Frame("Receivers", Lanes(stage, exchanges)),
            Frame("Users", Numbers(stage.Clock, observation, exchanges)),
            Frame("Story", Story(stage.Journal.Entries)));
    }

    private static Panel Frame(string title, IRenderable content) =>
        new(content) { Header = new PanelHeader($" {title} "), Border = BoxBorder.Rounded, BorderStyle = Style.Parse("grey"), Expand = true };

    private static Grid Lanes(Stage stage, IReadOnlyList<ChatExchange> exchanges)
    {
        int room = Math.Max(10, AnsiConsole.Profile.Width - OtherColumns);
        var lane = new Lane(new Timeline(stage.Clock.Elapsed, room), stage.Clock, exchanges);
        Grid grid = new Grid()
            .AddColumn(new GridColumn { Width = 8, NoWrap = true })
            .AddColumn(new GridColumn { Width = room, NoWrap = true })
            .AddColumn(new GridColumn { Width = 15, NoWrap = true });
        foreach (BotConsole console in stage.Consoles)
        {
            int answers = exchanges.Sum(exchange => exchange.Answers.Count(answer => answer.Port == console.Port));
            grid.AddRow($"[bold]{console.Name}[/]", lane.Of(console), $"{Describe(console.History.Current.State)} {(answers > 0 ? answers : "")}");
        }

        return grid
            .AddRow("waiting", lane.OfWaiting(), "[grey]users[/]")
            .AddRow("latency", lane.OfLatency(), "[grey]4 ms .. 3 s[/]")
            .AddRow("", lane.OfSeconds(), "[grey]seconds[/]");
    }

    private static string Describe(ConsoleState state) => state switch
    {
        ConsoleState.Absent => "",
        ConsoleState.Receiving => "[green]receiving[/]",
        ConsoleState.Standby => "[yellow]standby[/]",
        ConsoleState.Paused => "[blue]paused[/]",
        ConsoleState.Killed => "[red]killed[/]",
        ConsoleState.Refused => "[darkorange]refused[/]",
        _ => $"[grey]{state.ToString().ToLowerInvariant()}[/]",
    };

    private static Markup Numbers(StoryClock clock, Observation? observation, IReadOnlyList<ChatExchange> exchanges)
    {
        int answered = exchanges.Count(exchange => exchange.IsAnswered);
        int recent = exchanges.Count(exchange => clock.At(exchange.Update.EnqueuedAt) > clock.Elapsed - RecentPast);
        var latency = LatencyMs.Of(exchanges);
        return new Markup(string.Create(CultureInfo.InvariantCulture,
            $"sent [bold]{exchanges.Count}[/]  answered [bold]{answered}[/]  waiting [bold]{exchanges.Count - answered}[/]  "
            + $"[bold]{recent / RecentPast.TotalSeconds:0.0}[/] a second  latency [bold]{latency.Median:0.#} ms[/] median, "
            + $"[bold]{latency.P95:0.#} ms[/] p95  409s [bold]{observation?.Statistics.ConflictsAnswered ?? 0}[/]"));
    }

    private static Rows Story(IReadOnlyList<JournalEntry> entries)
    {
        int room = Math.Max(3, AnsiConsole.Profile.Height - OtherLines);
        return new Rows(entries.TakeLast(room).Select(Line));
    }

    private static Markup Line(JournalEntry entry) => new(string.Create(CultureInfo.InvariantCulture,
        $"[grey]{entry.At.TotalSeconds,5:0.0} s[/]  {(entry.IsOutcome ? "[green]  ✓[/] " : "")}{Markup.Escape(entry.Text)}"));
}
