namespace Azker.BotApi.Faults;

/// <summary>A fault in a <see cref="FaultList"/>.</summary>
/// <param name="Id">The number by which <see cref="FaultList.Remove"/> finds the fault.</param>
/// <param name="Fault">The fault.</param>
/// <param name="Hits">The number of calls that the fault has acted on.</param>
public sealed record FaultRecord(int Id, Fault Fault, int Hits);
