namespace Azker.BotApi.Faults;

/// <summary>A fault that was set, and how many calls it has acted on.</summary>
public sealed record FaultRecord(int Id, Fault Fault, int Hits);
