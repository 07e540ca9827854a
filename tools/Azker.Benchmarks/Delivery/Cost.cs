namespace Azker.Benchmarks.Delivery;

/// <summary>The mean cost of an update in one run; the proxy in front of the storage counts the operations.</summary>
internal sealed record Cost(double WallMicroseconds, double CpuMicroseconds, double Operations);
