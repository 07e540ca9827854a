namespace Azker.BotApi.Statistics;

/// <summary>The number of 409 answers with one text on one port.</summary>
/// <param name="Text">The description in the answer.</param>
/// <param name="Port">The port.</param>
/// <param name="Answered">The answers to a client that was still connected.</param>
/// <param name="ClientGone">The answers to a client that had closed its connection before.</param>
public sealed record ConflictCount(string Text, int Port, long Answered, long ClientGone);
