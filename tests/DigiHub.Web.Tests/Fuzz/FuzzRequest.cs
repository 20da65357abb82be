using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace DigiHub.Web.Tests.Fuzz;

/// <summary>One request, made from dice alone, so that the same seed makes it again.</summary>
internal sealed class FuzzRequest(HubOperations operations, FuzzRows rows, Operation operation, Callers.Caller visitor, Random dice)
{
    private readonly List<KeyValuePair<string, string>> headers = [];
    private byte[]? body;
    private string? contentType;
    private string address = "";

    /// <summary>Programs ask the API; every fifth time a browser does.</summary>
    public bool ByProgram { get; } = operation.Kind == OperationKind.Api && dice.Next(5) != 0;

    public FuzzRequest Roll()
    {
        address = Address();
        if (!operation.IsSafe)
            AttendeeBody();
        if (dice.Next(3) == 0 || operation.Method is "PATCH" or "DELETE")
            AttendeeHeaders();
        return this;
    }

    /// <summary>A message that can be sent, each time a new one.</summary>
    public HttpRequestMessage Message()
    {
        var target = new Uri(visitor.Browser.BaseAddress!.GetLeftPart(UriPartial.Authority) + address,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var message = new HttpRequestMessage(new HttpMethod(operation.Method), target);
        if (body is not null)
        {
            message.Content = new ByteArrayContent(body);
            if (contentType is { Length: > 0 })
                message.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        foreach (var (name, value) in headers)
            message.Headers.TryAddWithoutValidation(name, value);
        return message;
    }

    public override string ToString()
    {
        var text = new StringBuilder($"{operation.Method} {address}\n");
        foreach (var (name, value) in headers)
            text.Append(name).Append(": ").AppendLine(value);
        if (body is not null)
            text.Append("Content-Type: ").AppendLine(contentType).AppendLine()
                .Append(Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 1_000))));
        return text.ToString();
    }

    private string Address()
    {
        var nasty = operation.Route is not null && dice.Next(4) == 0;
        var path = operations.PathOf(operation, parameter => nasty ? InPath() : rows.ValueOf(operation.Pattern, parameter));
        List<string> pairs = [];
        var count = operation.Query.Count == 0 ? dice.Next(2) : dice.Next(5);
        for (var i = 0; i < count; i++)
        {
            var name = operation.Query.Count > 0 && dice.Next(10) > 0
                ? NastyValues.Of(dice, operation.Query)
                : Uri.EscapeDataString(NastyValues.Of(dice, NastyValues.Texts));
            var times = dice.Next(12) == 0 ? 3 : 1; // repeated keys
            for (var time = 0; time < times; time++)
                pairs.Add($"{name}{(dice.Next(30) == 0 ? "[]" : "")}={InQuery()}");
        }

        return pairs.Count == 0 ? path : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{string.Join('&', pairs)}";
    }

    // An empty part would be another address.
    private string InPath() => dice.Next(3) == 0
        ? "a" + NastyValues.Of(dice, NastyValues.Escapes).Replace("..", "x", StringComparison.Ordinal)
        : NastyValues.Text(dice) is { Length: > 0 and < 1_000 } text ? Escaped(text) : "x";

    private string InQuery() => dice.Next(6) == 0 ? NastyValues.Of(dice, NastyValues.Escapes) : Escaped(NastyValues.Text(dice));

    private static string Escaped(string text) => Uri.EscapeDataString(text.Length > 1_500 ? text[..1_500] : text);

    private void AttendeeBody()
    {
        if (operation.Kind == OperationKind.Api)
        {
            contentType = dice.Next(8) == 0 ? NastyValues.Of(dice, NastyValues.ContentTypes) : "application/json";
            body = Encoding.UTF8.GetBytes(
                operation.Schema is { } schema ? Json(schema) : dice.Next(2) == 0 ? "" : NastyValues.Of(dice, NastyValues.Json));
            if (body.Length > 4 && dice.Next(15) == 0)
                body[dice.Next(body.Length)] = (byte)dice.Next(128, 256); // broken UTF-8
            return;
        }

        AttendeeForm();
    }

    private void AttendeeForm()
    {
        List<KeyValuePair<string, string>> fields =
            [new("__RequestVerificationToken", dice.Next(40) == 0 ? NastyValues.Text(dice) : visitor.FormToken)];
        foreach (var (name, standing) in operation.Fields)
        {
            if (name == "_handler")
                fields.Add(new(name, dice.Next(40) == 0 ? NastyValues.Text(dice) : standing));
            else if (dice.Next(8) > 0)
                fields.Add(new(name, dice.Next(2) == 0 ? NastyValues.Text(dice) : standing));
            if (dice.Next(25) == 0)
                fields.Add(new(name + (dice.Next(2) == 0 ? "[0]" : ""), NastyValues.Text(dice))); // an array for one value
        }

        for (var extra = dice.Next(operation.Fields.Count == 0 ? 4 : 2); extra > 0; extra--)
            fields.Add(new(NastyValues.Of(dice, ["returnUrl", "email", "name", "since", "id", "act",
                "List-Unsubscribe", "roles", "__proto__", NastyValues.Text(dice)]), NastyValues.Text(dice)));

        contentType = "application/x-www-form-urlencoded";
        body = Encoding.ASCII.GetBytes(string.Join('&', fields.Select(field =>
            $"{Escaped(field.Key)}={(dice.Next(20) == 0 ? NastyValues.Of(dice, NastyValues.Escapes) : Escaped(field.Value))}")));
        switch (dice.Next(30))
        {
            case 0: contentType = NastyValues.Of(dice, NastyValues.ContentTypes); break;
            case 1: body = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 1_500).Select(i => $"a{i}=1&"))); break;
            case 2: body = Encoding.ASCII.GetBytes(new string('x', 70_000)); break;
            case 3:
                contentType = "multipart/form-data; boundary=cut";
                body = Encoding.UTF8.GetBytes(string.Concat(fields.Select(field =>
                    $"--cut\r\nContent-Disposition: form-data; name=\"{field.Key.ReplaceLineEndings("")}\"\r\n\r\n{field.Value}\r\n"))
                    + (dice.Next(2) == 0 ? "--cut--\r\n" : ""));
                break;
        }
    }

    private string Json(JsonElement schema) => dice.Next(16) switch
    {
        0 => NastyValues.Of(dice, NastyValues.Json),
        1 => string.Concat(Enumerable.Repeat(dice.Next(2) == 0 ? "[" : "{\"a\":", dice.Next(1, 10_000))), // deep, and cut off
        2 => "",
        _ => Object(schema),
    };

    private string Object(JsonElement schema)
    {
        var shape = Resolved(schema);
        if (!shape.TryGetProperty("properties", out var properties))
            return NastyValues.Of(dice, NastyValues.Json);
        List<string> members = [];
        foreach (var property in properties.EnumerateObject().Where(_ => dice.Next(10) < 5))
            for (var times = dice.Next(30) == 0 ? 2 : 1; times > 0; times--)
                members.Add($"{JsonSerializer.Serialize(property.Name)}:{Value(Resolved(property.Value))}");
        if (dice.Next(20) == 0)
        {
            var name = NastyValues.Of(dice, ["role", "userId", "id", "status", "checkedInAt", "$type", "__proto__", ""]);
            members.Add($"{JsonSerializer.Serialize(name)}:{NastyValues.Of(dice, NastyValues.Json)}");
        }
        return "{" + string.Join(',', members) + "}";
    }

    private string Value(JsonElement schema)
    {
        if (dice.Next(3) == 0)
            return NastyValues.Of(dice, NastyValues.Json);
        if (schema.TryGetProperty("enum", out var names))
            return NastyValues.Of(dice, [.. names.EnumerateArray()]).GetRawText();
        var type = !schema.TryGetProperty("type", out var one) ? null
            : one.ValueKind != JsonValueKind.Array ? one.GetString()
            : one[0].GetString() == "null" ? one[1].GetString() : one[0].GetString();
        return type switch
        {
            "integer" or "number" => NastyValues.Of(dice, ["0", "1", "2", "8", "60", "-1", "2147483647"]),
            "boolean" => dice.Next(2) == 0 ? "true" : "false",
            "array" => "[" + NastyValues.Of(dice, NastyValues.Json) + "]",
            "object" => Object(schema),
            _ => JsonSerializer.Serialize(NastyValues.Text(dice)),
        };
    }

    private JsonElement Resolved(JsonElement schema)
    {
        for (var depth = 0; depth < 5; depth++)
        {
            if (schema.TryGetProperty("$ref", out var reference))
                schema = operations.Document.GetProperty("components").GetProperty("schemas")
                    .GetProperty(reference.GetString()!.Split('/')[^1]);
            else if (schema.TryGetProperty("oneOf", out var choices)
                || schema.TryGetProperty("anyOf", out choices) || schema.TryGetProperty("allOf", out choices))
                schema = choices[choices.GetArrayLength() - 1];
            else
                break;
        }

        return schema;
    }

    private void AttendeeHeaders()
    {
        if (operation.Method is "PATCH" or "DELETE" && dice.Next(5) > 0)
            headers.Add(new("If-Match", "*"));
        for (var count = dice.Next(1, 4); count > 0; count--)
        {
            var (name, values) = NastyValues.Of(dice, NastyValues.Headers);
            if (headers.All(header => header.Key != name))
                headers.Add(new(name, dice.Next(10) == 0 ? Line(NastyValues.Text(dice)) : NastyValues.Of(dice, values)));
        }

        if (dice.Next(20) == 0)
            headers.Add(new("X-Huge", new string('x', 12_000)));
    }

    // What the client would refuse to write, and no server would ever get.
    private static string Line(string text) => new([.. text.Where(sign => sign is >= ' ' and not '\x7f' and <= '\xff')]);
}
