using System.Text.Json.Serialization;
using Azker.Demo.StandIn;
using Azker.Demo.Story;

namespace Azker.Demo.Measurements;

/// <summary>The result of a run, as the stand-in saw it; the JSON has the property names in snake case.</summary>
internal sealed record DemoSummary(
    long Sent,
    int Handled,
    int Duplicates,
    int RepeatedByKill,
    long Lost,
    long Conflicts,
    IReadOnlyList<Takeover> Takeovers,
    LatencyMs LatencyMs,
    IReadOnlyList<string> Modes,
    double Seconds)
{
    [JsonIgnore]
    public bool IsClean => Duplicates == 0 && Lost == 0 && Conflicts == 0;

    /// <exception cref="DemoFailedException">The bot sent a message that answers no question.</exception>
    public static DemoSummary Of(Stage stage)
    {
        Observation observation = stage.Observer.Latest!;
        IReadOnlyList<ChatExchange> exchanges = ChatExchange.Of(observation, stage.Users.Questions);
        int answers = exchanges.Sum(exchange => exchange.Answers.Count);
        if (answers != observation.Answers.Count)
        {
            throw new DemoFailedException($"The bot sent {observation.Answers.Count} messages, and only {answers} of them answer a question.");
        }

        int handled = exchanges.Count(exchange => exchange.IsAnswered);
        int repeatedByKill = exchanges.Count(exchange => stage.Kills.Any(exchange.IsRepeatedBy));
        return new DemoSummary(
            observation.Statistics.Enqueued,
            handled,
            exchanges.Count(exchange => exchange.Answers.Count > 1) - repeatedByKill,
            repeatedByKill,
            observation.Statistics.Enqueued - handled,
            observation.Statistics.ConflictsAnswered,
            stage.Takeovers,
            LatencyMs.Of(exchanges),
            observation.Modes,
            Math.Round(stage.Clock.Elapsed.TotalSeconds, 1));
    }
}
