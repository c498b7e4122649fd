package world

// commentOps are what people say, and the daemon's comments in their hands.
var commentOps = map[string]op{
	"comment": {`{"op":"comment","item":"WEB-1","author":"ada","body":"…"}: answers the comment's id`, true,
		func(s *State, in *wish) (Outcome, error) {
			if in.Body == nil {
				return Outcome{}, bad("comment needs a body")
			}
			c := s.AddComment(in.item, in.by, *in.Body, nil)
			return Outcome{Comment: c.ID}, nil
		}},
	"edit-comment": {`{"op":"edit-comment","item":"WEB-1","comment":10001,"body":"…","author":"ada"}`, true,
		func(s *State, in *wish) (Outcome, error) {
			if err := s.commentOf(in); err != nil {
				return Outcome{}, err
			}
			if in.Body == nil {
				return Outcome{}, bad("edit-comment needs a body")
			}
			s.EditComment(in.item, in.comment, in.by, *in.Body, nil)
			return Outcome{Comment: in.comment.ID}, nil
		}},
	"delete-comment": {`{"op":"delete-comment","item":"WEB-1","comment":10001,"author":"ada"}`, true,
		func(s *State, in *wish) (Outcome, error) {
			if err := s.commentOf(in); err != nil {
				return Outcome{}, err
			}
			s.DeleteComment(in.item, in.comment, in.by)
			return Outcome{Comment: in.comment.ID}, nil
		}},
}
