namespace Azker.Core.Handling.Commands;

/// <summary>The name and the description of a registered command, as Telegram shows them in the menu.</summary>
internal readonly record struct BotCommandEntry(string Name, string Description);

/// <summary>The registered commands of a bot, in the order of their registration.</summary>
/// <param name="All">Gives the commands.</param>
internal sealed record BotCommandList(Func<IReadOnlyList<BotCommandEntry>> All);
