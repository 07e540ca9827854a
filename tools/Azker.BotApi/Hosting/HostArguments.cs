using System.CommandLine.Parsing;
using System.Net;

namespace Azker.BotApi.Hosting;

/// <summary>Reads hosts from the command line, each as <c>NAME=ADDRESS:PORT</c>.</summary>
internal static class HostArguments
{
    public static Dictionary<string, IPEndPoint> Parse(ArgumentResult result)
    {
        var hosts = new Dictionary<string, IPEndPoint>();
        foreach (string text in result.Tokens.Select(token => token.Value))
        {
            string[] parts = text.Split('=');
            if (parts is [{ Length: > 0 } name, string end] && IPEndPoint.TryParse(end, out IPEndPoint? endPoint)
                && endPoint.Port > 0 && IPAddress.IsLoopback(endPoint.Address))
            {
                hosts[name.ToLowerInvariant()] = endPoint;
            }
            else
            {
                result.AddError(
                    $"--host is {text} and must be NAME=ADDRESS:PORT with an address of this machine, "
                    + "such as bot.example.com=127.0.0.1:5000.");
            }
        }

        return hosts;
    }
}
