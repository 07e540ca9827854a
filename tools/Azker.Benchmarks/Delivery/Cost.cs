namespace Azker.Benchmarks.Delivery;

/// <summary>What an update cost in the mean of one run; its operations as counted on the way to the storage.</summary>
internal sealed record Cost(double WallMicroseconds, double CpuMicroseconds, double Operations);
