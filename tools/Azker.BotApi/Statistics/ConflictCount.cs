namespace Azker.BotApi.Statistics;

/// <summary>How often a port was answered one 409 text: to a client that was there to read it, and to one that had gone.</summary>
public sealed record ConflictCount(string Text, int Port, long Answered, long ClientGone);
