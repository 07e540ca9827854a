namespace Azker.Benchmarks.Comparing;

/// <summary>A figure of Azker beside the same figure of what a user would take instead; lower is better.</summary>
/// <param name="Name">The name in the results.</param>
/// <param name="Unit">The unit of both values.</param>
/// <param name="PeerName">The name of the peer.</param>
/// <param name="Bar">The highest ratio of Azker to the peer.</param>
/// <param name="Azker">Measures Azker once.</param>
/// <param name="Peer">Measures the peer once.</param>
internal sealed record ComparedRow(string Name, string Unit, string PeerName, double Bar, Func<Task<double>> Azker, Func<Task<double>> Peer);
