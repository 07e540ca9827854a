namespace Azker.Benchmarks.Delivery;

/// <summary>
/// The mean cost of an update in one run, and the median of the times from an update's arrival until it is settled; the proxy in
/// front of the storage counts the operations, and the store of parked updates its calls.
/// </summary>
internal sealed record Cost(double WallMicroseconds, double MedianMicroseconds, double CpuMicroseconds, double Operations, double ParkingCalls);
