using Azker.Samples.Bot;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the bot that ships with Azker.</summary>
public static class SampleBot
{
    /// <summary>Adds the commands <c>/start</c>, <c>/help</c>, <c>/ping</c> and <c>/status</c>, and an answer to all other commands.</summary>
    /// <param name="azker">The bot.</param>
    /// <returns><paramref name="azker"/>.</returns>
    public static IAzkerBuilder AddSampleBot(this IAzkerBuilder azker) => azker
        .AddCommand<StartCommand>()
        .AddCommand<HelpCommand>()
        .AddCommand<PingCommand>()
        .AddCommand<StatusCommand>()
        .AddHandler<UnknownCommandHandler>();
}
