namespace Azker.BotApi.Tests;

/// <summary>The stand-in is a library for other projects. A type becomes public on purpose only.</summary>
public sealed class PublicTypesTests
{
    [Fact]
    public void The_library_shows_the_server_its_bots_its_faults_and_its_records()
    {
        string[] expected =
        [
            "BotApiServer", "BotApiServerOptions", "Bots.BotAccount", "Faults.Fault", "Faults.FaultKind", "Faults.FaultList",
            "Faults.FaultRecord", "Statistics.BotStatistics", "Statistics.CallCount", "Statistics.ConflictCount", "Statistics.Delivery",
            "Statistics.PollRecord", "Statistics.SentMessage", "Statistics.UpdateRecord", "Statistics.UpdateRemoval",
            "Statistics.WaitingPoll", "Statistics.WebhookAttempt", "Statistics.WebhookCount", "Statistics.WebhookRetry",
            "Statistics.WebhookState", "Webhooks.HostResolver",
        ];
        IEnumerable<string?> exported = typeof(BotApiServer).Assembly.GetExportedTypes().Select(type => type.FullName);
        Assert.Equal(expected.Select(name => $"Azker.BotApi.{name}"), exported.Order());
    }
}
