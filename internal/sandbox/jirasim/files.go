package jirasim

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"path"

	"strata/internal/sandbox/world"
)

// largestFile is how large an attachment may be, in bytes.
const largestFile = 10 << 20

func (c *call) fileJSON(f *world.File) any {
	return obj{"self": c.self("attachment/%d", f.ID), "id": id(f.ID), "filename": f.Name, "author": c.userJSON(f.Author), "created": c.stamp(f.Created),
		"size": len(f.Content), "mimeType": f.Kind, "content": c.base + "/secure/attachment/" + id(f.ID) + "/" + escapeQuery(f.Name)}
}

func (c *call) files(i *world.JiraIssue) any {
	if len(i.Rare().Files) == 0 {
		return []json.RawMessage{}
	}
	return each(i.Rare().Files, c.fileJSON)
}

// addFiles takes the files of a form, each as a part named file.
func addFiles(c *call) error {
	form, err := c.MultipartReader()
	if err != nil {
		return refuse(http.StatusBadRequest, "The attachment must be sent as multipart/form-data.")
	}
	var given []world.File
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if part.FileName() == "" {
			continue
		}
		content, err := io.ReadAll(io.LimitReader(part, largestFile+1))
		if err != nil {
			return err
		}
		if len(content) > largestFile {
			return refuse(http.StatusRequestEntityTooLarge, "The file "+part.FileName()+" exceeds its maximum permitted size of 10485760 bytes.")
		}
		kind := mime.TypeByExtension(path.Ext(part.FileName()))
		if kind == "" {
			kind = "application/octet-stream"
		}
		given = append(given, world.File{Name: path.Base(part.FileName()), Kind: kind, Content: content})
	}
	return c.write(func(st *world.State) (int, any, error) {
		i, err := c.written(st, toComment)
		if err != nil {
			return 0, nil, err
		}
		return http.StatusOK, each(given, func(f world.File) any { return c.fileJSON(st.AttachFile(i, f, c.user)) }), nil
	})
}

// fileOf finds an attachment by its id, wherever it stands.
func (c *call) fileOf(st *world.State) (*world.File, error) {
	for _, i := range st.Jira {
		for _, f := range i.Rare().Files {
			if id(f.ID) == c.PathValue("file") && c.sees(i) {
				return f, nil
			}
		}
	}
	return nil, refuse(http.StatusNotFound, "The attachment with id '"+c.PathValue("file")+"' does not exist")
}

func getFile(c *call) error {
	return c.read(func(st *world.State) (any, error) {
		f, err := c.fileOf(st)
		if err != nil {
			return nil, err
		}
		return c.fileJSON(f), nil
	})
}

// fileContent is a file for saving: a browser must not show what somebody sent.
func fileContent(c *call) error {
	var f *world.File
	var err error
	c.s.world.Read(func(st *world.State) { f, err = c.fileOf(st) })
	if err != nil {
		return err
	}
	h := c.Header()
	h.Set("Content-Type", f.Kind)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	_, _ = c.Write(f.Content) // the client has gone: nobody to tell
	return nil
}
